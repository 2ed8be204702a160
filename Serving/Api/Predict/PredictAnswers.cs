using Microsoft.Extensions.Options;
using Serving.Api.Champions;
using Serving.Api.Configuration;
using Serving.Api.Predictions;
using Serving.Api.Problems;
using Serving.Api.Reads;
using Serving.Api.Served;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Api.Predict;

/// <summary>Answers requests for scores: reads the features, scores them, notes the scores that were given.</summary>
internal sealed class PredictAnswers(PredictionQueue given, TimeProvider time, IOptions<ServingOptions> options, ILogger<PredictAnswers> logger)
{
    /// <exception cref="BadHttpRequestException">The message says which part of the body is wrong.</exception>
    /// <exception cref="WarehouseException">The warehouse did not give the features.</exception>
    public async Task<IResult> AnswerAsync(HttpContext context, ServedPrediction served)
    {
        var reader = served.Requests;
        PredictRequest request;
        using (var body = await JsonBody.ReadAsync(context.Request, reader.Expected, context.RequestAborted))
            request = reader.Read(body.RootElement);

        if (served.Champions.Current is not { } champion)
            return Problem.NoChampion();
        var reasons = request.Reasons ?? options.Value.Reasons;
        if (request.Features is { } features)
            return ScoreOf(served, champion, null, features, reasons);
        if (request.IsMany)
            return await ScoresAsync(served, champion, request.Keys, reasons, context.RequestAborted);
        return await served.FindAsync(request.Keys[0], context.RequestAborted) is { } row
            ? ScoreOf(served, champion, row, row.Features, reasons)
            : Problem.UnknownEntity(served.Declaration, request.Keys[0].ToString());
    }

    /// <summary>Scores a stream of lines.</summary>
    /// <param name="reasons">How many reasons with each score, where its line does not say.</param>
    public IResult AnswerBatch(ServedPrediction served, int reasons) =>
        served.Champions.Current is { } champion
            ? new PredictBatch(served, champion, this, time, options.Value, logger, reasons)
            : Problem.NoChampion();

    /// <summary>Scores a row and notes it.</summary>
    public Score Score(ServedPrediction served, Champion champion, FeatureRow? row, FeatureVector features, int reasons)
    {
        var score = champion.Scorer.Score(features, reasons);
        if (row is not null)
            given.Add(new Prediction(time.GetUtcNow(), served.Declaration.Name, row.Entity.ToString(), champion.Model.Version, score.Probability));
        return score;
    }

    private IResult ScoreOf(ServedPrediction served, Champion champion, FeatureRow? row, FeatureVector features, int reasons)
    {
        if (Ranges.Refused(served.Declaration, features) is { } refused)
            return Problem.OutOfRange(refused);
        var score = Score(served, champion, row, features, reasons);
        return new JsonResult(json => ScoreWriter.Write(json, served.Declaration, champion, row, features, score, time.GetUtcNow()));
    }

    private async Task<IResult> ScoresAsync(
        ServedPrediction served, Champion champion, IReadOnlyList<EntityKey> keys, int reasons, CancellationToken cancellationToken)
    {
        var rows = await served.FindAsync(keys, cancellationToken);
        foreach (var row in rows.Values)
        {
            if (Ranges.Refused(served.Declaration, row.Features) is { } refused)
                return Problem.OutOfRange(refused);
        }

        var found = keys.Select(key => rows.GetValueOrDefault(key)).OfType<FeatureRow>()
            .Select(row => (Row: row, Score: Score(served, champion, row, row.Features, reasons)))
            .ToList();
        return new JsonResult(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("scores");
            foreach (var (row, score) in found)
                ScoreWriter.Write(json, served.Declaration, champion, row, row.Features, score, time.GetUtcNow());
            json.WriteEndArray();
            json.WriteStartArray("unknown");
            foreach (var key in keys.Where(key => !rows.ContainsKey(key)))
            {
                json.WriteStartObject();
                ScoreWriter.WriteKey(json, served.Declaration, key);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
