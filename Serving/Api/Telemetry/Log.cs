namespace Serving.Api.Telemetry;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Model {Version} ({Learner}) answers from now on")]
    public static partial void ChampionLoaded(ILogger logger, int version, string learner);

    [LoggerMessage(2, LogLevel.Warning, "The registry's champion could not be loaded; the present one stays: {Reason}")]
    public static partial void RefreshFailed(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Error, "The warehouse did not answer a request: {Reason}")]
    public static partial void WarehouseFailed(ILogger logger, string reason);
}
