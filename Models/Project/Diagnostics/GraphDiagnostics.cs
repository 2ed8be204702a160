using Models.Diagnostics;

namespace Models.Project.Diagnostics;

/// <summary>MDL3xxx: errors in the dependencies between nodes.</summary>
public static class GraphDiagnostics
{
    private static readonly DiagnosticDescriptor s_unknownRef = Error("MDL3001", "there is no model, seed or snapshot '{0}'{1}");

    private static readonly DiagnosticDescriptor s_unknownSource = Error("MDL3002", "there is no source '{0}'{1}");

    private static readonly DiagnosticDescriptor s_disabledRef = Error("MDL3003", "'{0}' is disabled; enable it in {1}, or stop reading it");

    private static readonly DiagnosticDescriptor s_cycle = Error("MDL3004", "these nodes depend on each other in a circle: {0}; break one of the references");

    private static readonly DiagnosticDescriptor s_ambiguousRelation = Error("MDL3005",
        "'{0}' and '{1}' would both be built as {2}; give one another alias or schema");

    private static readonly DiagnosticDescriptor s_privateModel = Error("MDL3006",
        "'{0}' is private to the group '{1}'; read a public or protected model, or join the group");

    private static readonly DiagnosticDescriptor s_ambiguousRef = Error("MDL3007",
        "'{0}' exists in several packages: {1}; name the package, as in ref('{2}', '{0}')");

    private static readonly DiagnosticDescriptor s_unknownVersion = Error("MDL3008", "the model '{0}' has no version {1}; there is {2}");

    private static readonly DiagnosticDescriptor s_undeclaredRef = Error("MDL3009",
        "'{0}' reads '{1}', which was not seen when the project was parsed; write '-- depends_on: {2}' into the file, outside of any condition");

    private static readonly DiagnosticDescriptor s_disabledTestTarget = Info("MDL3010", "the test '{0}' is left out, because '{1}' is disabled");

    private static readonly DiagnosticDescriptor s_packageOnlyRef = Error("MDL3011", "'{0}' is protected in the package '{1}', and cannot be read from '{2}'");

    private static readonly DiagnosticDescriptor s_unversionedModel = Error("MDL3012", "'{0}' has no versions; leave the version out of the ref");

    private static readonly DiagnosticDescriptor s_duplicateNode = Error("MDL3013", "{0} '{1}' is defined twice, first in {2}; rename or remove one");

    private static readonly DiagnosticDescriptor s_deprecatedRef = Warning("MDL3014", "the model '{0}', which '{1}' reads, is deprecated since {2}{3}");

    private static readonly DiagnosticDescriptor s_upcomingDeprecation = Warning("MDL3015", "the model '{0}', which '{1}' reads, will be deprecated on {2}{3}");

    private static readonly DiagnosticDescriptor s_unknownMetric = Error("MDL3016", "there is no metric '{0}'{1}");

    private static readonly DiagnosticDescriptor s_unknownMeasure = Error("MDL3017", "no semantic model has a measure '{0}'{1}");

    private static readonly DiagnosticDescriptor s_longName = Error("MDL3018",
        "the name '{0}' of {1} has {2} bytes, of which PostgreSQL keeps 63: '{3}'; {4}");

    private static readonly DiagnosticDescriptor s_longSchema = Warning("MDL3019",
        "the name '{0}' of {1} has {2} bytes, of which PostgreSQL keeps 63: its relations are in '{3}'");

    public static Diagnostic LongSchema(SourceSpan span, string name, string owner, int length, string kept) =>
        Diagnostic.Create(s_longSchema, span, name, owner, $"{length}", kept);

    private static readonly DiagnosticDescriptor s_unknownFunction = new("MDL3020", DiagnosticSeverity.Error, "there is no function '{0}'{1}");

    private static readonly DiagnosticDescriptor s_pointerCollides = Error("MDL3021",
        "the view of the latest version of '{0}' would be {1}, which is the relation of {2}; give one of them another alias");

    public static Diagnostic PointerCollides(SourceSpan span, string model, string relation, string taken) =>
        Diagnostic.Create(s_pointerCollides, span, model, relation, taken);

    public static Diagnostic UnknownFunction(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownFunction, span, name, NearName.Hint(name, known));

    public static Diagnostic UnknownRef(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownRef, span, name, NearName.Hint(name, known));

    public static Diagnostic UnknownSource(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownSource, span, name, NearName.Hint(name, known));

    public static Diagnostic DisabledRef(SourceSpan span, string name, string place) => Diagnostic.Create(s_disabledRef, span, name, place);

    public static Diagnostic Cycle(SourceSpan span, string path) => Diagnostic.Create(s_cycle, span, path);

    public static Diagnostic AmbiguousRelation(SourceSpan span, string first, string second, string relation) =>
        Diagnostic.Create(s_ambiguousRelation, span, first, second, relation);

    public static Diagnostic PrivateModel(SourceSpan span, string model, string group) => Diagnostic.Create(s_privateModel, span, model, group);

    public static Diagnostic AmbiguousRef(SourceSpan span, string name, IReadOnlyList<string> packages) =>
        Diagnostic.Create(s_ambiguousRef, span, name, string.Join(", ", packages.Select(p => $"'{p}'")), packages[0]);

    public static Diagnostic UnknownVersion(SourceSpan span, string model, string version, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownVersion, span, model, version, string.Join(", ", known));

    public static Diagnostic UnversionedModel(SourceSpan span, string model) => Diagnostic.Create(s_unversionedModel, span, model);

    public static Diagnostic DuplicateNode(SourceSpan span, string kind, string name, SourceSpan first) =>
        Diagnostic.Create(s_duplicateNode, span, kind, name, first.ToString());

    public static Diagnostic UndeclaredRef(SourceSpan span, string node, string read, string call) =>
        Diagnostic.Create(s_undeclaredRef, span, node, read, call);

    public static Diagnostic TestTargetDisabled(SourceSpan span, string test, string target) =>
        Diagnostic.Create(s_disabledTestTarget, span, test, target);

    public static Diagnostic ProtectedModel(SourceSpan span, string model, string package, string reader) =>
        Diagnostic.Create(s_packageOnlyRef, span, model, package, reader);

    public static Diagnostic UnknownMetric(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownMetric, span, name, NearName.Hint(name, known));

    public static Diagnostic UnknownMeasure(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownMeasure, span, name, NearName.Hint(name, known));

    /// <param name="span">The reference.</param>
    /// <param name="model">The referenced model, with its version.</param>
    /// <param name="reader">The node that references it.</param>
    /// <param name="date">The deprecation date.</param>
    /// <param name="isPast">True if the date is in the past.</param>
    /// <param name="latest">The version to use instead, or null.</param>
    public static Diagnostic DeprecatedRef(SourceSpan span, string model, string reader, string date, bool isPast, string? latest) =>
        Diagnostic.Create(isPast ? s_deprecatedRef : s_upcomingDeprecation, span, model, reader, date, latest is null ? "" : $"; read version {latest}");

    public static Diagnostic LongName(SourceSpan span, string name, string owner, int bytes, string kept, string advice) =>
        Diagnostic.Create(s_longName, span, name, owner, $"{bytes}", kept, advice);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);

    private static DiagnosticDescriptor Warning(string id, string format) => new(id, DiagnosticSeverity.Warning, format);

    private static DiagnosticDescriptor Info(string id, string format) => new(id, DiagnosticSeverity.Info, format);
}
