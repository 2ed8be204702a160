using System.Globalization;
using System.Net;
using System.Net.Sockets;
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

    [Fact]
    public async Task A_client_that_sends_all_lines_before_it_reads_gets_every_answer()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        await using var service2 = new Service(warehouse.ConnectionString, ("Kestrel:EndpointDefaults:Protocols", "Http2"));

        (await SendThenReadAsync(service.Listen(), HttpVersion.Version11)).ShouldAllBe(line => line.StartsWith("{\"score\":"));
        (await SendThenReadAsync(service2.Listen(), HttpVersion.Version20)).ShouldAllBe(line => line.StartsWith("{\"score\":"));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_ended()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(
            warehouse.ConnectionString, ("Serving:UnreadAnswersTimeout", "00:00:06"), ("Serving:UnreadAnswersMegabytes", "1"));
        var url = service.Listen();

        // it reads when all is sent: too late for more answers than are kept, which it is told in their place
        var lines = await SendThenReadAsync(url, HttpVersion.Version11, isWhole: false);
        lines.Length.ShouldBeLessThan(Lines);
        lines[^1].ShouldBe($$"""{"line":{{lines.Length}},"status":503,"detail":"The client reads too late: no more answers can be kept for it; what follows was not scored."}""");

        // it never reads
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, url.Port, TestContext.Current.CancellationToken);
        var body = ManyLines(Lines);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"POST /predict/batch?reasons=20 HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n")));
        _ = client.GetStream().WriteAsync(body, TestContext.Current.CancellationToken).AsTask();
        await service.LineAsync("Warning: A batch of lead_conversion was ended: its client has read no answer for 6 s");
    }

    private const int Lines = 20_000;

    /// <summary>As a client does that looks at the answer when the whole body is sent.</summary>
    private static async Task<string[]> SendThenReadAsync(Uri url, Version version, bool isWhole = true)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        using var content = new ByteArrayContent(ManyLines(Lines));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "/predict/batch?reasons=20"))
        {
            Content = content, Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (isWhole)
            lines.Length.ShouldBe(Lines);
        return lines;
    }

    /// <summary>So large that neither they nor their answers fit into the buffers between client and server.</summary>
    private static byte[] ManyLines(int count)
    {
        var body = new StringBuilder();
        for (var line = 0; line < count; line++)
            body.Append(CultureInfo.InvariantCulture, $"{{\"features\":{{\"call_attempts\":{line % 40}}}}}").Append(' ', 800).Append('\n');
        return Encoding.UTF8.GetBytes(body.ToString());
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
