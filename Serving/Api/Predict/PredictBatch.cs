using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Serving.Api.Champions;
using Serving.Api.Reads;
using Serving.Api.Served;
using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Predict;

/// <summary>
/// Scores a stream of requests, one JSON object a line, and answers with one line for each, in their order. The lines are read and answered in
/// chunks, so that memory does not grow with the length of the stream. A line that cannot be scored is answered with what is wrong with it.
/// </summary>
internal sealed class PredictBatch(ServedPrediction served, Champion champion, PredictAnswers answers, TimeProvider time, int reasons) : IResult
{
    private const int Chunk = 1000;

    private static readonly byte[] s_endOfLine = "\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        httpContext.Response.ContentType = "application/x-ndjson; charset=utf-8";

        var number = 0L;
        var lines = new List<Line>(Chunk);
        await foreach (var content in LinesAsync(httpContext.Request.BodyReader, httpContext.RequestAborted))
        {
            number++;
            if (content.Length == 0)
                continue;
            lines.Add(Parse(number, content));
            if (lines.Count < Chunk)
                continue;
            if (!await AnswerAsync(httpContext, lines))
                return;
            lines.Clear();
        }

        await AnswerAsync(httpContext, lines);
    }

    /// <summary>The lines without their ends; one that is too long is cut, so that it is refused.</summary>
    private static async IAsyncEnumerable<byte[]> LinesAsync(
        PipeReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tooLong = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                if (!tooLong)
                    yield return Trimmed(line);
                tooLong = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            // the rest of a line that has been answered already is skipped
            if (!tooLong && buffer.Length > JsonBody.Largest)
            {
                yield return buffer.Slice(0, JsonBody.Largest + 1).ToArray();
                tooLong = true;
            }

            if (tooLong)
                buffer = buffer.Slice(buffer.End);
            if (read.IsCompleted)
            {
                if (buffer.Length > 0 && !tooLong)
                    yield return Trimmed(buffer);
                reader.AdvanceTo(read.Buffer.End);
                yield break;
            }

            reader.AdvanceTo(buffer.Start, read.Buffer.End);
        }
    }

    private static byte[] Trimmed(ReadOnlySequence<byte> line)
    {
        var content = line.ToArray();
        return content is [.., (byte)'\r'] ? content[..^1] : content;
    }

    private Line Parse(long number, byte[] content)
    {
        try
        {
            if (content.Length > JsonBody.Largest)
                throw new BadHttpRequestException($"The line is longer than {JsonBody.Largest} bytes.", StatusCodes.Status413PayloadTooLarge);
            using var body = JsonBody.Parse(content, "line", served.Requests.Expected);
            var request = served.Requests.Read(body.RootElement);
            return request.IsMany
                ? throw new BadHttpRequestException($"A line asks for one score, not for a list in '{served.KeysMember}'.")
                : new Line(number, request, null);
        }
        catch (BadHttpRequestException exception)
        {
            return new Line(number, null, exception);
        }
    }

    /// <returns>False where the warehouse did not answer: the stream ends with a line that says so.</returns>
    private async Task<bool> AnswerAsync(HttpContext context, List<Line> lines)
    {
        if (lines.Count == 0)
            return true;

        IReadOnlyDictionary<EntityKey, FeatureRow> rows = new Dictionary<EntityKey, FeatureRow>();
        WarehouseException? failure = null;
        try
        {
            var keys = lines.Select(line => line.Request).OfType<PredictRequest>().SelectMany(request => request.Keys).ToHashSet();
            if (keys.Count > 0)
                rows = await served.FindAsync(keys, context.RequestAborted);
        }
        catch (WarehouseException exception)
        {
            failure = exception;
        }

        if (failure is null)
            Write(context.Response.BodyWriter, lines, (json, line) => Answer(json, line, rows));
        else
            Write(context.Response.BodyWriter, lines.Take(1), (json, line) => Error(
                json, line.Number, StatusCodes.Status503ServiceUnavailable, "The warehouse cannot answer; what follows was not scored."));
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return failure is null;
    }

    private static void Write(PipeWriter output, IEnumerable<Line> lines, Action<Utf8JsonWriter, Line> write)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        foreach (var line in lines)
        {
            write(json, line);
            json.Flush();
            json.Reset();
            output.Write(s_endOfLine);
        }
    }

    private void Answer(Utf8JsonWriter json, Line line, IReadOnlyDictionary<EntityKey, FeatureRow> rows)
    {
        if (line.Request is not { } request)
        {
            Error(json, line.Number, line.Mistake!.StatusCode, line.Mistake.Message);
            return;
        }

        var row = request.Features is null ? rows.GetValueOrDefault(request.Keys[0]) : null;
        if ((request.Features ?? row?.Features) is not { } features)
            Error(json, line.Number, StatusCodes.Status404NotFound, $"There is no row with this key in {served.Declaration.Relation}.", request.Keys[0]);
        else if (Ranges.Refused(served.Declaration, features) is { } refused)
            Error(json, line.Number, StatusCodes.Status422UnprocessableEntity, $"'{refused.Name}' lies outside of its range.", row?.Entity);
        else
            ScoreWriter.Write(
                json, served.Declaration, champion, row, features, answers.Score(served, champion, row, features, request.Reasons ?? reasons),
                time.GetUtcNow());
    }

    private void Error(Utf8JsonWriter json, long number, int status, string detail, EntityKey? key = null)
    {
        json.WriteStartObject();
        if (key is not null)
            ScoreWriter.WriteKey(json, served.Declaration, key);
        json.WriteNumber("line", number);
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteEndObject();
    }

    private sealed record Line(long Number, PredictRequest? Request, BadHttpRequestException? Mistake);
}
