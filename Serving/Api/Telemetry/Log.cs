namespace Serving.Api.Telemetry;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Model {Version} ({Learner}) answers {Prediction} from now on")]
    public static partial void ChampionLoaded(ILogger logger, int version, string learner, string prediction);

    [LoggerMessage(2, LogLevel.Warning, "The registry's champion of {Prediction} could not be loaded; the present one stays: {Reason}")]
    public static partial void RefreshFailed(ILogger logger, string prediction, string reason);

    [LoggerMessage(3, LogLevel.Error, "The warehouse does not answer; requests get 503 until it does: {Reason}")]
    public static partial void WarehouseFailed(ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Information, "The warehouse answers again; {Reads} reads failed meanwhile")]
    public static partial void WarehouseAnswers(ILogger logger, int reads);

    [LoggerMessage(5, LogLevel.Error, "The warehouse does not fit this program; build the models of the version that is deployed: {Reason}")]
    public static partial void WarehouseMismatch(ILogger logger, string reason);

    [LoggerMessage(9, LogLevel.Warning, "The API has no key, so that it refuses every request; set Serving__Keys__0__KeyFile or, in Development, none")]
    public static partial void NoKeys(ILogger logger);

    [LoggerMessage(10, LogLevel.Information, "{Caller} made model {Version} of {Prediction} {Status}")]
    public static partial void ModelChanged(ILogger logger, string caller, int version, string prediction, string status);

    [LoggerMessage(6, LogLevel.Warning, "The given scores cannot be written to serving.predictions and wait: {Reason}")]
    public static partial void PredictionsFailed(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Information, "The given scores are written to serving.predictions again")]
    public static partial void PredictionsWritten(ILogger logger);

    [LoggerMessage(8, LogLevel.Warning, "{Count} given scores were not written to serving.predictions: too many were waiting")]
    public static partial void PredictionsLost(ILogger logger, int count);

    [LoggerMessage(11, LogLevel.Warning, "A batch of {Prediction} was ended: its client has read no answer for {Seconds} s")]
    public static partial void BatchEnded(ILogger logger, string prediction, double seconds);

    [LoggerMessage(12, LogLevel.Warning, "A batch of {Prediction} was ended: the answers that wait for its client cannot be kept: {Reason}")]
    public static partial void BatchNotKept(ILogger logger, string prediction, string reason);
}
