using Models.Postgres;
using Models.Postgres.Clusters;

namespace Serving.Api.Tests;

public sealed class PredictTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_known_lead_gets_a_score_with_the_model_that_gave_it()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        // 7 x 7 calls modulo 25: 24, and 3 x 7: 21; 25 x 7: none
        var (status, often) = await service.PredictAsync(7);
        var (_, never) = await service.PredictAsync(25);

        status.ShouldBe(200);
        often.GetProperty("contact_id").GetInt64().ShouldBe(7);
        often.GetProperty("score").GetDouble().ShouldBeInRange(0.6, 1);
        never.GetProperty("score").GetDouble().ShouldBeInRange(0, 0.4);
        often.GetProperty("model_version").GetInt32().ShouldBe(1);
        often.GetProperty("learner").GetString().ShouldBe("scorecard");
        often.GetProperty("reasons").GetArrayLength().ShouldBe(3);
        often.GetProperty("reasons")[0].GetProperty("contribution").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_request_may_say_how_many_reasons_it_wants()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        var (_, body) = await service.PostAsync("""{"contact_id": 7, "reasons": 0}""");

        body.GetProperty("reasons").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Several_leads_are_scored_in_one_request_and_unknown_ones_are_named()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var (_, one) = await service.PredictAsync(7);

        var (status, body) = await service.PostAsync($$"""{"contact_ids": [25, 7, {{Warehouse.UnknownContact}}], "reasons": 0}""");

        status.ShouldBe(200);
        body.GetProperty("scores").EnumerateArray().Select(score => score.GetProperty("contact_id").GetInt64()).ShouldBe([25, 7]);
        body.GetProperty("scores")[1].GetProperty("score").GetDouble().ShouldBe(one.GetProperty("score").GetDouble());
        body.GetProperty("unknown")[0].GetProperty("contact_id").GetInt64().ShouldBe(Warehouse.UnknownContact);
    }

    [Fact]
    public async Task Values_that_come_with_the_request_are_scored_like_those_of_a_lead()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        // contact 7 as the warehouse holds it
        var (status, body) = await service.PostAsync(
            """
            {"features": {"call_attempts": 24, "total_call_seconds": 7200, "calls_over_30min": 4, "mean_call_seconds": 300, "calls_over_30min_share": 0.2,
                "message_length": 7, "marketing_source": "Meta", "known_city": false}}
            """);

        status.ShouldBe(200);
        body.GetProperty("score").GetDouble().ShouldBe((await service.PredictAsync(7)).Body.GetProperty("score").GetDouble(), tolerance: 0.02);
        body.TryGetProperty("converted", out _).ShouldBeFalse("nobody knows who it is");
    }

    [Theory]
    [InlineData("""{"contact_ids": 7}""", "'contact_ids' is 7, not a list")]
    [InlineData("""{"contact_ids": [7, "8"]}""", "'contact_id' is \"8\", not a whole number")]
    [InlineData("""{"contact_ids": [7], "contact_id": 7}""", "'contact_id', 'contact_ids' and 'features' are given together")]
    [InlineData("""{"features": {"call_attempts": "many"}}""", "'call_attempts' is \"many\", not a number")]
    [InlineData("""{"features": {"call_attempts": 1e999}}""", "'call_attempts' is 1e999, not a number")]
    [InlineData("""{"features": {"known_city": "yes"}}""", "'known_city' is \"yes\", not true or false")]
    [InlineData("""{"features": {"is_customer": true}}""", "'is_customer' in 'features' is no feature of lead_conversion")]
    [InlineData("""{"features": {"call_attempts": 1, "call_attempts": 2}}""", "'call_attempts' is given twice")]
    [InlineData("""{"features": [1]}""", "'features' is [1], not an object")]
    public async Task A_wrong_list_or_value_is_a_bad_request_that_names_it(string body, string detail)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var (status, problem) = await service.PostAsync(body);

        status.ShouldBe(400);
        problem.GetProperty("detail").GetString().ShouldStartWith(detail);
    }

    [Fact]
    public async Task A_score_says_what_is_unusual_about_its_lead()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync("update dev_test_features.lead_features set call_attempts = 2000000000, message_length = -5 where contact_id = 25");
        await using var service = new Service(warehouse.ConnectionString);

        var (status, unusual) = await service.PredictAsync(25);
        var (_, usual) = await service.PredictAsync(7);

        status.ShouldBe(200);
        unusual.GetProperty("out_of_range").EnumerateArray().Select(name => name.GetString()).ShouldBe(["call_attempts", "message_length"]);
        unusual.GetProperty("converted").GetBoolean().ShouldBeFalse();
        usual.GetProperty("out_of_range").GetArrayLength().ShouldBe(0);
        usual.GetProperty("converted").GetBoolean().ShouldBeTrue("it is a customer already");
        usual.GetProperty("features_at").GetDateTime().ShouldBe(new DateTime(2026, 1, 2, 3, 4, 5));
        usual.GetProperty("model").GetString().ShouldBe("lead_conversion");
        usual.GetProperty("band").GetString().ShouldBe("high");
    }

    [Fact]
    public async Task Curl_sends_its_body_as_a_form_and_is_understood()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        (await service.PostAsync("""{"contact_id": 7}""", "application/x-www-form-urlencoded")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_score_follows_the_features_as_they_are_now()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var (_, before) = await service.PredictAsync(25);

        await warehouse.ExecuteAsync("update dev_test_features.lead_features set call_attempts = 20, total_call_seconds = 6000, calls_over_30min = 4 where contact_id = 25");
        var (_, after) = await service.PredictAsync(25);

        after.GetProperty("score").GetDouble().ShouldBeGreaterThan(before.GetProperty("score").GetDouble() + 0.2);
    }

    [Fact]
    public async Task An_unknown_contact_is_not_found()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        var (status, problem) = await service.PredictAsync(Warehouse.UnknownContact);

        status.ShouldBe(404);
        problem.GetProperty("title").GetString().ShouldBe("Unknown contact");
        problem.GetProperty("detail").GetString().ShouldBe("There is no lead with contact_id 999999 in lead_features.");
    }

    [Theory]
    [InlineData("", "The body is not JSON")]
    [InlineData("{", "The body is not JSON")]
    [InlineData("contact_id=7", "The body is not JSON")]
    [InlineData("[]", "The body is not an object")]
    [InlineData("null", "The body is not an object")]
    [InlineData("{}", "'contact_id' is missing")]
    [InlineData("""{"contactId": 7}""", "'contact_id' is missing")]
    [InlineData("""{"contact_id": null}""", "'contact_id' is null, not a whole number")]
    [InlineData("""{"contact_id": "7"}""", "'contact_id' is \"7\", not a whole number")]
    [InlineData("""{"contact_id": 7.5}""", "'contact_id' is 7.5, not a whole number")]
    [InlineData("""{"contact_id": 99999999999999999999}""", "'contact_id' is 99999999999999999999, not a whole number")]
    [InlineData("""{"contact_id": 7, "reasons": -1}""", "'reasons' is -1, not a whole number from 0 to 20")]
    [InlineData("""{"contact_id": 7, "contact_id": 8}""", "'contact_id' is given twice")]
    [InlineData("""{"contact_id": 7, "contact\u005fid": 7}""", "'contact_id' is given twice")]
    [InlineData("""{"contact_id": 7, "reasons": null, "reasons": 3}""", "'reasons' is given twice")]
    [InlineData("""{"contact_id": 7, "reason": 3}""", "'reason' is unknown")]
    [InlineData("""{"contactId": 7, "reasons": 3}""", "'contact_id' is missing, and 'contactId' is unknown")]
    [InlineData("""{"contact_id": 7, "\ud800abcd__": 1}""", "The body holds a name with half of a surrogate pair")]
    [InlineData("""{"contact_id": "\ud800"}""", "'contact_id' is \"\\ud800\", not a whole number")]
    public async Task A_malformed_body_is_a_bad_request_that_says_what_is_wrong(string body, string detail)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var (status, problem) = await service.PostAsync(body);

        status.ShouldBe(400);
        problem.GetProperty("title").GetString().ShouldBe("Malformed request");
        problem.GetProperty("detail").GetString().ShouldStartWith(detail);
    }

    [Theory]
    [InlineData("{\"contact_id\":\"", "\xff", "\"}", "The body is not UTF-8: byte 0xff at offset 15")]
    [InlineData("{\"contact_id\":7,\"", "\xc3", "\":1}", "The body is not UTF-8: byte 0xc3 at offset 17")]
    [InlineData("", "\xed\xa0\x80", "", "The body is not UTF-8: byte 0xed at offset 0")]
    [InlineData("\xef\xbb\xbf", "{\"contact_id\":7}", "\xf0\x9f", "The body is not UTF-8: byte 0xf0 at offset 16")]
    public async Task A_body_that_is_not_UTF8_is_a_bad_request_that_says_where(string before, string bytes, string after, string detail)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var (status, problem) = await service.PostAsync(System.Text.Encoding.Latin1.GetBytes(before + bytes + after));

        status.ShouldBe(400);
        problem.GetProperty("detail").GetString().ShouldStartWith(detail);
    }

    [Fact]
    public async Task A_body_with_a_byte_order_mark_is_read()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        (await service.PostAsync("\uFEFF{\"contact_id\": 7}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var (status, problem) = await service.PostAsync(new string(' ', 16 * 1024) + """{"contact_id": 7}""");

        status.ShouldBe(413);
        problem.GetProperty("title").GetString().ShouldBe("Request too large");
    }

    [Fact]
    public async Task Before_the_first_training_the_service_says_so()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var (status, problem) = await service.PredictAsync(7);

        status.ShouldBe(503);
        problem.GetProperty("title").GetString().ShouldBe("No champion yet");
    }

    [Fact]
    public async Task A_warehouse_that_keeps_a_request_waiting_is_a_service_unavailable()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        (await service.PredictAsync(7)).Status.ShouldBe(200);

        await using (await warehouse.LockFeaturesAsync())
        {
            var (status, problem) = await service.PredictAsync(7);

            status.ShouldBe(503);
            problem.GetProperty("title").GetString().ShouldBe("The warehouse cannot answer");
        }

        (await service.PredictAsync(7)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_lost_warehouse_is_a_service_unavailable_and_no_stack_trace()
    {
        Service service;
        await using (var server = await PostgresServer.StartAsync(new PostgresServerOptions(), default))
        await using (var warehouse = await Warehouse.CreateAsync(server))
        {
            await warehouse.TrainAsync();
            service = new Service(warehouse.ConnectionString);
            (await service.PredictAsync(7)).Status.ShouldBe(200);
        }

        await using var lost = service;
        var (status, problem) = await service.PredictAsync(7);

        status.ShouldBe(503);
        problem.GetProperty("title").GetString().ShouldBe("The warehouse cannot answer");
        problem.TryGetProperty("exception", out _).ShouldBeFalse();
    }
}
