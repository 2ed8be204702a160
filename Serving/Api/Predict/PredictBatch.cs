using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Serving.Api.Champions;
using Serving.Api.Configuration;
using Serving.Api.Reads;
using Serving.Api.Served;
using Serving.Api.Telemetry;
using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Predict;

/// <summary>
/// Scores a stream of requests, one JSON object a line, and answers with one line for each, in their order. The lines are read and answered in
/// chunks, and answers that the client does not read yet wait in an <see cref="AnswerSpool"/>, so that memory does not grow with the length of the
/// stream. A line that cannot be scored is answered with what is wrong with it.
/// </summary>
internal sealed class PredictBatch(
    ServedPrediction served, Champion champion, PredictAnswers answers, TimeProvider time, ServingOptions options, ILogger logger, int reasons) : IResult
{
    private const int Chunk = 1000;
    private const int BlockSize = 64 * 1024;
    private const long MostSkipped = 1024 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _block = new(BlockSize * 2);
    private readonly List<Line> _lines = new(Chunk);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        // a client that sends for long before it reads is no slow one; the spool ends those that do not read
        if (httpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        httpContext.Response.ContentType = "application/x-ndjson; charset=utf-8";

        using var spool = new AnswerSpool(options.UnreadAnswersMegabytes, options.UnreadAnswersTimeout);
        var sending = SendAsync(httpContext, spool);
        try
        {
            await ScoreAsync(httpContext, spool);
        }
        finally
        {
            spool.Complete();
            await sending;
        }
    }

    private async Task SendAsync(HttpContext context, AnswerSpool spool)
    {
        try
        {
            await spool.SendAsync(context.Response.BodyWriter, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            Log.BatchEnded(logger, served.Declaration.Name, options.UnreadAnswersTimeout.TotalSeconds);
            context.Abort();
        }
        catch (IOException exception)
        {
            Log.BatchNotKept(logger, served.Declaration.Name, exception.Message);
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // the client is gone
        }
    }

    private async Task ScoreAsync(HttpContext context, AnswerSpool spool)
    {
        var number = 0L;
        var isEnded = false;
        var skipped = 0L;
        await foreach (var content in BatchLines.ReadAsync(context.Request.BodyReader, context.RequestAborted))
        {
            number++;
            // after a failure the rest is read without a look at it: the client may read what is wrong only when it has sent all
            if (isEnded && (skipped += content.Length) > MostSkipped)
                return;
            if (isEnded || content.IsEmpty || content is { Length: 1, FirstSpan: [(byte)'\r'] })
                continue;
            _lines.Add(Parse(number, Trimmed(content)));
            isEnded = _lines.Count == Chunk && !await TryAnswerAsync(spool, context.RequestAborted);
        }

        if (!isEnded)
            await TryAnswerAsync(spool, context.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlySequence<byte> line)
    {
        var content = line.IsSingleSegment ? line.First : line.ToArray();
        return content.Span is [.., (byte)'\r'] ? content[..^1] : content;
    }

    private Line Parse(long number, ReadOnlyMemory<byte> content)
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

    /// <summary>Answers the lines that were read.</summary>
    /// <returns>False where not all can be answered: the stream ends with a line that says so.</returns>
    private async Task<bool> TryAnswerAsync(AnswerSpool spool, CancellationToken cancellationToken)
    {
        if (_lines.Count == 0)
            return true;

        IReadOnlyDictionary<EntityKey, FeatureRow> rows = new Dictionary<EntityKey, FeatureRow>();
        try
        {
            var keys = _lines.Select(line => line.Request).OfType<PredictRequest>().SelectMany(request => request.Keys).ToHashSet();
            if (keys.Count > 0)
                rows = await served.FindAsync(keys, cancellationToken);
        }
        catch (WarehouseException)
        {
            End(spool, _lines[0].Number, "The warehouse cannot answer; what follows was not scored.");
            return false;
        }

        var isWritten = await TryWriteAsync(rows, spool, cancellationToken);
        _lines.Clear();
        return isWritten;
    }

    private async Task<bool> TryWriteAsync(IReadOnlyDictionary<EntityKey, FeatureRow> rows, AnswerSpool spool, CancellationToken cancellationToken)
    {
        var first = _lines[0].Number;
        await using var json = new Utf8JsonWriter(_block, new JsonWriterOptions { SkipValidation = true });
        for (var i = 0; i < _lines.Count; i++)
        {
            AppendLine(json, _lines[i], rows);
            if (_block.WrittenCount < BlockSize && i < _lines.Count - 1)
                continue;

            if (await AddAsync(spool, cancellationToken) is { } refusal)
            {
                End(spool, first, $"{refusal}; what follows was not scored.");
                return false;
            }

            _block.ResetWrittenCount();
            first = i < _lines.Count - 1 ? _lines[i + 1].Number : first;
        }

        return true;
    }

    /// <summary>Keeps the block of answers for the client.</summary>
    /// <returns>Why it cannot be kept; null where it is.</returns>
    private async Task<string?> AddAsync(AnswerSpool spool, CancellationToken cancellationToken)
    {
        try
        {
            return await spool.TryAddAsync(_block.WrittenMemory, cancellationToken)
                ? null
                : "The client reads too late: no more answers can be kept for it";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.BatchNotKept(logger, served.Declaration.Name, exception.Message);
            return "The answers that the client has not read yet cannot be kept on the server's disk";
        }
    }

    private void End(AnswerSpool spool, long number, string detail)
    {
        _block.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_block))
            Error(json, number, StatusCodes.Status503ServiceUnavailable, detail);
        _block.Write("\n"u8);
        spool.AddLast(_block.WrittenMemory);
    }

    private void AppendLine(Utf8JsonWriter json, Line line, IReadOnlyDictionary<EntityKey, FeatureRow> rows)
    {
        Answer(json, line, rows);
        json.Flush();
        json.Reset();
        _block.Write("\n"u8);
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
