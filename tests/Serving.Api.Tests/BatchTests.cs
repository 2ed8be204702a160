using System.Text;
using System.Text.Json;

namespace Serving.Api.Tests;

/// <summary>Streams of requests, one a line.</summary>
public sealed class BatchTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Each_line_is_answered_in_its_place_also_one_that_cannot_be_scored()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var one = (await service.PredictAsync(7)).Body.GetProperty("score").GetDouble();

        var lines = await BatchAsync(service, "/predict/batch", "{\"contact_id\":7}\r\n\n{\"contact_id\":\n{\"contact_id\":999999}\n{\"contact_ids\":[7]}\n" +
            $"{{\"contact_id\":{new string(' ', 20_000)}7}}\n{{\"features\":{{\"call_attempts\":3}}}}\n{{\"contact_id\":25}}");

        lines.Select(line => line.TryGetProperty("status", out var status) ? status.GetInt32() : 200).ShouldBe([200, 400, 404, 400, 413, 200, 200]);
        lines[0].GetProperty("score").GetDouble().ShouldBe(one);
        lines[0].GetProperty("reasons").GetArrayLength().ShouldBe(0, "none were asked for");
        lines[1].GetProperty("line").GetInt32().ShouldBe(3);
        lines[1].GetProperty("detail").GetString()!.ShouldStartWith("The line is not JSON");
        lines[2].GetProperty("contact_id").GetInt64().ShouldBe(999_999);
        lines[6].GetProperty("contact_id").GetInt64().ShouldBe(25);
    }

    [Fact]
    public async Task A_stream_of_many_chunks_keeps_its_order_and_is_noted()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString, ("Serving:PredictionInterval", "00:00:00.020"));
        var contacts = Enumerable.Range(0, 3500).Select(i => 1 + i * 7 % Warehouse.Leads).ToArray();

        var lines = await BatchAsync(
            service, "/predict/lead_conversion/batch?reasons=1", string.Join('\n', contacts.Select(contact => $$"""{"contact_id":{{contact}}}""")));

        lines.Select(line => line.GetProperty("contact_id").GetInt32()).ShouldBe(contacts);
        lines.ShouldAllBe(line => line.GetProperty("reasons").GetArrayLength() == 1);
        (await warehouse.PredictionsAsync(3500)).Count.ShouldBe(3500);
    }

    [Fact]
    public async Task A_warehouse_that_fails_ends_the_stream_with_a_line_that_says_so()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        await service.PredictAsync(7);
        await warehouse.ExecuteAsync("alter table dev_test_features.lead_features rename to gone");

        var lines = await BatchAsync(service, "/predict/batch", "{\"contact_id\":7}\n{\"contact_id\":25}");

        lines.ShouldHaveSingleItem().GetProperty("status").GetInt32().ShouldBe(503);
    }

    private static async Task<List<JsonElement>> BatchAsync(Service service, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
        using var response = await service.Client.PostAsync(path, content);
        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
