using Microsoft.Extensions.Logging;

namespace Serving.Console.Reads;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A page of the console could not read the warehouse: {Reason}")]
    public static partial void ReadFailed(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Error, "The page {Path} of the console failed")]
    public static partial void PageFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The manifest '{File}' cannot be read, so its models are not shown: {Reason}")]
    public static partial void ManifestUnreadable(ILogger logger, string file, string reason);
}
