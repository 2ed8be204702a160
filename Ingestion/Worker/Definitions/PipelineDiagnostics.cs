using Models.Diagnostics;

namespace Ingestion.Worker.Definitions;

/// <summary>Mistakes in a pipeline's file: MDL6601 and following.</summary>
internal static class PipelineDiagnostics
{
    private static readonly DiagnosticDescriptor s_unreadable = Error("MDL6601", "The pipeline cannot be read: {0}");

    private static readonly DiagnosticDescriptor s_invalidYaml = Error("MDL6602", "The pipeline is not valid yaml: {0}");

    private static readonly DiagnosticDescriptor s_badCron = Error("MDL6603",
        "The cron expression '{0}' cannot be used: {1}; write five fields (minute hour day month weekday), as in '0 6 * * 1-5'");

    private static readonly DiagnosticDescriptor s_unknownTimeZone = Error(
        "MDL6604", "There is no time zone '{0}'{1}; write an IANA name, as in 'Europe/Berlin'");

    private static readonly DiagnosticDescriptor s_noCron = Error("MDL6605", "'{0}' needs 'cron' beside it; add 'cron: \"0 6 * * *\"', or remove it");

    private static readonly DiagnosticDescriptor s_noSteps = Error("MDL6606", "The pipeline has no steps; add 'steps:' with at least '- ingest: all'");

    private static readonly DiagnosticDescriptor s_stepWithoutKind = Error("MDL6607", "The step does nothing; give it one of {0}");

    private static readonly DiagnosticDescriptor s_severalKinds = Error("MDL6608", "The step does several things: {0}; make a step of each");

    private static readonly DiagnosticDescriptor s_duplicateStep = Error("MDL6609", "There is another step '{0}'; give one of them another 'name'");

    private static readonly DiagnosticDescriptor s_unknownStep = Error("MDL6610", "There is no step '{0}'{1}; 'after' names steps of this pipeline: {2}");

    private static readonly DiagnosticDescriptor s_circle = Error("MDL6611", "The steps wait for each other in a circle: {0}; remove one of them from 'after'");

    private static readonly DiagnosticDescriptor s_badDuration = Error(
        "MDL6612", "'{0}' must be a length of time above zero and up to a day, as in 30s, 5m, 2h or 1d, not '{1}'");

    private static readonly DiagnosticDescriptor s_badAddress = Error(
        "MDL6613", "'{0}' is no address; write an absolute one that begins with http:// or https://");

    private static readonly DiagnosticDescriptor s_addressWithPassword = Error("MDL6614",
        "The address of host '{0}' holds a user name or password; put it into a secret, and name that with 'secret'");

    private static readonly DiagnosticDescriptor s_oneAddress = Error("MDL6615", "The webhook needs either 'url' or 'secret'; give one of them");

    private static readonly DiagnosticDescriptor s_unknownSample = Error("MDL6616", "There is no sample '{0}'{1}; expected one of {2}");

    private static readonly DiagnosticDescriptor s_misplaced = Error("MDL6617", "A step that does '{0}' has no '{1}'; only {2} steps have");

    private static readonly DiagnosticDescriptor s_badTable = Error("MDL6618", "'{0}' is no table; write schema and name, as in raw.orders");

    private static readonly DiagnosticDescriptor s_outsideLake = Error(
        "MDL6619", "The folder '{0}' is outside of the lake; name one inside it by a relative path");

    private static readonly DiagnosticDescriptor s_unknownSchema = Error("MDL6620",
        "No model of the project is built into schema '{0}'{1}; 'readable' names schemas as the models' configuration 'schema' does: {2}");

    public static Diagnostic Unreadable(SourceSpan span, string reason) => Diagnostic.Create(s_unreadable, span, reason);

    public static Diagnostic InvalidYaml(SourceSpan span, string reason) => Diagnostic.Create(s_invalidYaml, span, reason);

    public static Diagnostic BadCron(SourceSpan span, string text, string reason) => Diagnostic.Create(s_badCron, span, text, reason);

    public static Diagnostic UnknownTimeZone(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownTimeZone, span, name, NearName.Hint(name, known));

    public static Diagnostic NoCron(SourceSpan span, string key) => Diagnostic.Create(s_noCron, span, key);

    public static Diagnostic NoSteps(SourceSpan span) => Diagnostic.Create(s_noSteps, span);

    public static Diagnostic StepWithoutKind(SourceSpan span, string kinds) => Diagnostic.Create(s_stepWithoutKind, span, kinds);

    public static Diagnostic SeveralKinds(SourceSpan span, string kinds) => Diagnostic.Create(s_severalKinds, span, kinds);

    public static Diagnostic DuplicateStep(SourceSpan span, string name) => Diagnostic.Create(s_duplicateStep, span, name);

    public static Diagnostic UnknownStep(SourceSpan span, string name, IReadOnlyCollection<string> known) =>
        Diagnostic.Create(s_unknownStep, span, name, NearName.Hint(name, known), string.Join(", ", known));

    public static Diagnostic Circle(SourceSpan span, IEnumerable<string> path) => Diagnostic.Create(s_circle, span, string.Join(" -> ", path));

    public static Diagnostic BadDuration(SourceSpan span, string key, string text) => Diagnostic.Create(s_badDuration, span, key, text);

    public static Diagnostic BadAddress(SourceSpan span, string text) => Diagnostic.Create(s_badAddress, span, text);

    public static Diagnostic AddressWithPassword(SourceSpan span, string host) => Diagnostic.Create(s_addressWithPassword, span, host);

    public static Diagnostic OneAddress(SourceSpan span) => Diagnostic.Create(s_oneAddress, span);

    public static Diagnostic UnknownSample(SourceSpan span, string name, IReadOnlyCollection<string> known) =>
        Diagnostic.Create(s_unknownSample, span, name, NearName.Hint(name, known), string.Join(", ", known));

    public static Diagnostic Misplaced(SourceSpan span, string kind, string key, string owner) => Diagnostic.Create(s_misplaced, span, kind, key, owner);

    public static Diagnostic BadTable(SourceSpan span, string text) => Diagnostic.Create(s_badTable, span, text);

    public static Diagnostic OutsideLake(SourceSpan span, string folder) => Diagnostic.Create(s_outsideLake, span, folder);

    public static Diagnostic UnknownSchema(SourceSpan span, string name, IReadOnlyCollection<string> known) =>
        Diagnostic.Create(s_unknownSchema, span, name, NearName.Hint(name, known), known.Count > 0 ? string.Join(", ", known) : "none has one");

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
