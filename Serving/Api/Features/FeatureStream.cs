using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Serving.Api.Reads;
using Serving.Api.Served;
using Serving.Features;

namespace Serving.Api.Features;

/// <summary>
/// Streams the rows of a prediction in the order of their keys, as NDJSON, or as CSV where the client accepts text/csv. A client that was cut off
/// goes on after the last key that it has.
/// </summary>
/// <param name="after">The last key that was read; null for the beginning.</param>
/// <param name="asOf">
/// Leaves out what was decided later, and the labels that were not known by then. The other columns are as they are today.
/// </param>
internal sealed class FeatureStream(ServedPrediction served, EntityKey? after, long? limit, DateTime? asOf, TimeProvider time) : IResult
{
    private const int FlushedRows = 500;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        var isCsv = httpContext.Request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase);
        var output = httpContext.Response.BodyWriter;
        var hasBegun = false;
        var count = 0L;
        try
        {
            await foreach (var row in served.ReadAsync(after, limit, cancellationToken))
            {
                var values = Values(row);
                if (!hasBegun)
                    Begin(httpContext, isCsv, values);
                hasBegun = true;
                if (asOf is not null && row.Features.Decided > asOf)
                    continue;
                Encoding.UTF8.GetBytes(isCsv ? CsvLine(Flat(values).Select(value => value.Value)) : $"{values.ToJsonString()}\n", output);
                if (++count % FlushedRows == 0)
                    await output.FlushAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (WarehouseException.Of(exception) is not null)
        {
            // once lines were sent, the client sees that the stream was cut off
            if (!httpContext.Response.HasStarted)
                throw WarehouseException.Of(exception)!;
            httpContext.Abort();
            return;
        }

        if (!hasBegun)
            Begin(httpContext, isCsv, null);
        await output.FlushAsync(cancellationToken);
    }

    private JsonObject Values(FeatureRow row)
    {
        var values = FeaturesResponse.Of(served, row, time.GetUtcNow());
        values.Add("decided_at", row.Features.Decided is { } decided ? JsonValue.Create(decided) : null);
        var isKnown = asOf is null || row.Outcome is not { } outcome || outcome <= asOf;
        values.Add("label", row.Label is { } label ? JsonValue.Create(label && isKnown) : null);
        values.Add("outcome_at", row.Outcome is { } came && isKnown ? JsonValue.Create(came) : null);
        return values;
    }

    private static void Begin(HttpContext context, bool isCsv, JsonObject? first)
    {
        context.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        if (isCsv && first is not null)
            Encoding.UTF8.GetBytes(CsvLine(Flat(first).Select(value => JsonValue.Create(value.Key))), context.Response.BodyWriter);
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Flat(JsonObject values) =>
        values.SelectMany(value => value.Value is JsonObject inner ? inner : (IEnumerable<KeyValuePair<string, JsonNode?>>)[value]);

    /// <summary>RFC 4180; a missing value is empty.</summary>
    private static string CsvLine(IEnumerable<JsonNode?> values) => string.Join(',', values.Select(Csv)) + "\r\n";

    private static string Csv(JsonNode? value)
    {
        var text = value switch
        {
            null => "",
            JsonValue one when one.TryGetValue<string>(out var plain) => plain,
            JsonValue one when one.TryGetValue<double>(out var number) => number.ToString("R", CultureInfo.InvariantCulture),
            _ => value.ToJsonString().Trim('"'),
        };
        return text.AsSpan().ContainsAny(',', '"', '\n') || text.Contains('\r') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
