namespace Ingestion.Worker.Telemetry;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "No data folder is given: invented data is used, from {Folder}")]
    public static partial void Sampled(ILogger logger, string folder);

    [LoggerMessage(2, LogLevel.Information, "Pipeline {Pipeline} starts")]
    public static partial void Started(ILogger logger, string pipeline);

    [LoggerMessage(3, LogLevel.Information, "Pipeline {Pipeline}: {Step} done in {Seconds:0.0} s")]
    public static partial void StepDone(ILogger logger, string pipeline, string step, double seconds);

    [LoggerMessage(4, LogLevel.Information, "Pipeline {Pipeline} done in {Seconds:0.0} s: {Rows} rows loaded, {Quarantined} records quarantined")]
    public static partial void Done(ILogger logger, string pipeline, double seconds, long rows, long quarantined);

    [LoggerMessage(5, LogLevel.Error, "Pipeline {Pipeline} failed: {Reason}")]
    public static partial void Failed(ILogger logger, string pipeline, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Pipeline {Pipeline} was cancelled; what was not complete is not there")]
    public static partial void Cancelled(ILogger logger, string pipeline);

    [LoggerMessage(7, LogLevel.Information, "Loaded {Rows} rows into raw.{Table} in {Seconds:0.00} s")]
    public static partial void Loaded(ILogger logger, long rows, string table, double seconds);

    [LoggerMessage(8, LogLevel.Information, "raw.{Table} has this batch already ({Rows} rows)")]
    public static partial void AlreadyLoaded(ILogger logger, string table, long rows);

    [LoggerMessage(9, LogLevel.Warning, "Not loaded into raw.{Table}, because {Contract} says otherwise: {Quarantined}; see ingestion.quarantine")]
    public static partial void Quarantined(ILogger logger, string table, string contract, long quarantined);

    [LoggerMessage(10, LogLevel.Information, "Loading raw.{Table}: {Percent:0} % read, {Rows} rows")]
    public static partial void Loading(ILogger logger, string table, double percent, long rows);

    [LoggerMessage(11, LogLevel.Warning, "What became of a run could not be written down: {Reason}")]
    public static partial void NotRecorded(ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Warning, "Pipeline {Pipeline} is left out: {Data} has no folder of its name")]
    public static partial void LeftOut(ILogger logger, string pipeline, string data);

    [LoggerMessage(13, LogLevel.Information, "Pipeline {Pipeline}: {Nodes} models and tests to run, {Threads} at a time")]
    public static partial void ModelsStarting(ILogger logger, string pipeline, int nodes, int threads);

    [LoggerMessage(14, LogLevel.Information, "Pipeline {Pipeline}: {Done} of {Nodes} models and tests")]
    public static partial void ModelsRunning(ILogger logger, string pipeline, int done, int nodes);

    [LoggerMessage(
        15, LogLevel.Information, "Pipeline {Pipeline}: {Built} models built, {Passed} tests passed, {Warned} warned, {Failed} failed, {Skipped} skipped")]
    public static partial void ModelsDone(ILogger logger, string pipeline, int built, int passed, int warned, int failed, int skipped);

    [LoggerMessage(16, LogLevel.Warning, "Pipeline {Pipeline}: {Warning}")]
    public static partial void ModelWarning(ILogger logger, string pipeline, string warning);

    [LoggerMessage(17, LogLevel.Error, "Pipeline {Pipeline}: {Node} failed: {Reason}")]
    public static partial void ModelFailed(ILogger logger, string pipeline, string node, string reason);

    [LoggerMessage(18, LogLevel.Error, "Pipeline {Pipeline}: {Mistake}")]
    public static partial void SourceRefused(ILogger logger, string pipeline, string mistake);

    [LoggerMessage(19, LogLevel.Error, "{Mistake}")]
    public static partial void MistakeInPipeline(ILogger logger, string mistake);

    [LoggerMessage(
        20, LogLevel.Warning, "Pipeline {Pipeline}: attempt {Attempt} of {Attempts} at {Step} failed, the next one begins in {Seconds:0.0} s: {Reason}")]
    public static partial void StepRetried(ILogger logger, string pipeline, string step, int attempt, int attempts, double seconds, string reason);

    [LoggerMessage(21, LogLevel.Warning, "Pipeline {Pipeline}: {Step}, which only reports, failed: {Reason}")]
    public static partial void StepWarned(ILogger logger, string pipeline, string step, string reason);

    [LoggerMessage(22, LogLevel.Error, "Pipeline {Pipeline}: {Step} ended unexpectedly")]
    public static partial void StepBroke(ILogger logger, string pipeline, string step, Exception fault);

    [LoggerMessage(23, LogLevel.Warning, "Pipeline {Pipeline}: run {Run} was interrupted, since its worker {Worker} was lost")]
    public static partial void Interrupted(ILogger logger, string pipeline, Guid run, string worker);

    [LoggerMessage(36, LogLevel.Warning, "Pipeline {Pipeline}: the server was lost: {Reason}; nothing of what was under way was kept, and the run is done " +
        "again when the server is back")]
    public static partial void ServerLost(ILogger logger, string pipeline, string reason);

    [LoggerMessage(24, LogLevel.Warning, "The schedule has a pipeline {Pipeline} that this worker does not run; the time is left out")]
    public static partial void UnknownPipeline(ILogger logger, string pipeline);

    [LoggerMessage(
        25, LogLevel.Information, "Pipeline {Pipeline}: the run of {Time:u} is left out, because it was asked for before or another run is under way")]
    public static partial void TimeLeftOut(ILogger logger, string pipeline, DateTimeOffset time);

    [LoggerMessage(26, LogLevel.Warning, "The schedule was disturbed: {Reason}")]
    public static partial void ScheduleFailed(ILogger logger, string reason);

    [LoggerMessage(27, LogLevel.Error, "The runs of pipeline {Pipeline} ended unexpectedly")]
    public static partial void JobBroke(ILogger logger, string pipeline, Exception fault);

    [LoggerMessage(28, LogLevel.Information, "Pipeline {Pipeline}: {Method} {Address} was answered with {Status}")]
    public static partial void Called(ILogger logger, string pipeline, string method, string address, int status);

    [LoggerMessage(29, LogLevel.Information, "Pipeline {Pipeline}: {Step}: {Line}")]
    public static partial void ProgramSaid(ILogger logger, string pipeline, string step, string line);

    [LoggerMessage(35, LogLevel.Information, "Pipeline {Pipeline}: {Step} is optional and {Setting} is not set; nothing is done")]
    public static partial void ProgramLeftOut(ILogger logger, string pipeline, string step, string setting);

    [LoggerMessage(30, LogLevel.Warning, "Pipeline {Pipeline}: the webhook at {Host} was not told: {Reason}")]
    public static partial void NotTold(ILogger logger, string pipeline, string host, string reason);

    [LoggerMessage(31, LogLevel.Warning, "Pipeline {Pipeline}: {Table} cannot be looked at for new data: {Reason}")]
    public static partial void UpstreamUnknown(ILogger logger, string pipeline, string table, string reason);

    [LoggerMessage(32, LogLevel.Information, "Pipeline {Pipeline}: {Table} has new data")]
    public static partial void UpstreamNew(ILogger logger, string pipeline, string table);

    [LoggerMessage(34, LogLevel.Information, "Pipeline {Pipeline}: {Rows} rows extracted into {File}")]
    public static partial void Extracted(ILogger logger, string pipeline, long rows, string file);

    [LoggerMessage(
        33, LogLevel.Warning, "The API has no key, so that it refuses every request; set Leadline__ApiKeys__0__KeyFile or, in Development, none")]
    public static partial void NoKeys(ILogger logger);
}
