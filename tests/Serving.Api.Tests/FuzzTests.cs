using System.Text;
using System.Text.Json;

namespace Serving.Api.Tests;

/// <summary>Thousands of malformed requests, drawn from a fixed seed: each is refused with a reason, and none is our defect.</summary>
public sealed class FuzzTests(PostgresFixture postgres)
{
    private const int Requests = 10_000;

    private static readonly string[] s_values =
    [
        "7", "-7", "0", "-0", "7.0", "7e0", "1e999", "-1e-999", "9223372036854775807", "9223372036854775808", "null", "true", "\"7\"", "\"\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "[]", "[[[[7]]]]", "{}", "{\"a\":{\"a\":7}}", "NaN", "Infinity", "'7'", "007", "+7", "0x7", "",
    ];

    private static readonly string[] s_names =
    [
        "contact_id", "reasons", "contact\\u005fid", "contactId", "CONTACT_ID", "", "\\ud800abcd__", "\\udfff", "\\u0000", "__proto__", "$ref", "reasons ", "é", "😀", "\\",
    ];

    private static readonly string[] s_contentTypes =
        ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream"];

    [Fact]
    public async Task Malformed_predictions_are_refused_with_a_reason()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var random = new Random(11);

        for (var i = 0; i < Requests; i++)
        {
            var body = Body(random);
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", Pick(random, s_contentTypes));
            using var response = await service.Client.PostAsync("/predict", content);
            await CheckAsync(response, $"request {i}: {Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 200)))}");
        }

        (await service.PredictAsync(7)).Status.ShouldBe(200);
        service.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Malformed_paths_and_methods_are_refused_with_a_reason()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var random = new Random(12);
        string[] roots = ["/features/", "/models/", "/predict/", "/", "/features/7/", "/openapi/", "/health/"];
        string[] methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW"];

        for (var i = 0; i < 1000; i++)
        {
            var segment = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => $"%{random.Next(1, 256):x2}"));
            var path = $"{Pick(random, roots)}{Pick(random, [segment, .. s_values.Select(Uri.EscapeDataString)])}?{segment}={segment}";
            using var request = new HttpRequestMessage(new HttpMethod(Pick(random, methods)), path);
            using var response = await service.Client.SendAsync(request);
            ((int)response.StatusCode is < 500 or 503).ShouldBeTrue($"{request.Method} {path}: {(int)response.StatusCode}");
        }

        service.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    private static async Task CheckAsync(HttpResponseMessage response, string request)
    {
        var status = (int)response.StatusCode;
        (status is 200 or 400 or 404 or 413).ShouldBeTrue($"{request}: {status}");
        var answer = await response.Content.ReadAsByteArrayAsync();
        using var document = JsonDocument.Parse(answer);
        if (status != 200)
            document.RootElement.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty(request);
    }

    private static byte[] Body(Random random) => random.Next(5) switch
    {
        0 => Noise(random, random.Next(200)),
        1 => Damaged(random, """{"contact_id": 7, "reasons": 3}"""u8.ToArray()),
        2 => Damaged(random, Encoding.UTF8.GetBytes(Text(random))),
        3 when random.Next(50) == 0 => [.. Encoding.UTF8.GetBytes(Text(random)), .. Enumerable.Repeat((byte)' ', 20_000)],
        3 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 300)) + Pick(random, s_values)),
        _ => Encoding.UTF8.GetBytes(Text(random)),
    };

    private static string Text(Random random)
    {
        var members = Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{Pick(random, s_names)}\":{Pick(random, s_values)}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>One to four bytes are changed, added or taken away.</summary>
    private static byte[] Damaged(Random random, byte[] body)
    {
        var bytes = body.ToList();
        for (var i = random.Next(1, 5); i > 0 && bytes.Count > 0; i--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveAt(place);
                    break;
            }
        }

        return [.. bytes];
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
