def test_the_process_says_that_it_lives(client):
    answer = client.get("/healthz")

    assert answer.json == {"status": "ok"}
