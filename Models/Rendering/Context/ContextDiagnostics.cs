using Models.Diagnostics;

namespace Models.Rendering.Context;

/// <summary>MDL22xx: invalid uses of dbt's context in templates. <c>trail</c> names the active macro calls.</summary>
public static class ContextDiagnostics
{
    private static readonly DiagnosticDescriptor s_raised = Error("MDL2201", "{0}{1}");

    private static readonly DiagnosticDescriptor s_warned = new("MDL2202", DiagnosticSeverity.Warning, "{0}{1}");

    private static readonly DiagnosticDescriptor s_missingVar = Error("MDL2203",
        "there is no var '{0}'{1}; set it under vars in dbt_project.yml or with --vars, or give var() a default{2}");

    private static readonly DiagnosticDescriptor s_missingEnvironmentVariable = Error("MDL2204",
        "the environment variable '{0}' is not set; set it, or give env_var() a default{1}");

    private static readonly DiagnosticDescriptor s_missingConfig = Error("MDL2205", "'{0}' must set '{1}' in its configuration{2}");

    private static readonly DiagnosticDescriptor s_dispatchFailed = Error("MDL2206", "no macro '{0}' was found for dispatch; looked for {1}{2}");

    private static readonly DiagnosticDescriptor s_queryFailed = Error("MDL2207", "a query of this template failed: {0}{1}");

    private static readonly DiagnosticDescriptor s_misplacedSecret = Error("MDL2208",
        "the secret '{0}' may be used in profiles.yml and packages.yml only{1}");

    private static readonly DiagnosticDescriptor s_unknownMacro = Error("MDL2209", "there is no macro '{0}'{1}");

    public static Diagnostic Raised(SourceSpan span, string message, string trail) => Diagnostic.Create(s_raised, span, OneLine(message), trail);

    public static Diagnostic Warned(SourceSpan span, string message, string trail) => Diagnostic.Create(s_warned, span, OneLine(message), trail);

    public static Diagnostic MissingVar(SourceSpan span, string name, IEnumerable<string> known, string trail) =>
        Diagnostic.Create(s_missingVar, span, name, NearName.Hint(name, known).TrimEnd('?'), trail);

    public static Diagnostic MissingEnvironmentVariable(SourceSpan span, string name, string trail) =>
        Diagnostic.Create(s_missingEnvironmentVariable, span, name, trail);

    public static Diagnostic MissingConfig(SourceSpan span, string node, string name, string trail) =>
        Diagnostic.Create(s_missingConfig, span, node, name, trail);

    public static Diagnostic DispatchFailed(SourceSpan span, string name, IEnumerable<string> candidates, string trail) =>
        Diagnostic.Create(s_dispatchFailed, span, name, string.Join(", ", candidates.Select(c => $"'{c}'")), trail);

    public static Diagnostic QueryFailed(SourceSpan span, string message, string trail) =>
        Diagnostic.Create(s_queryFailed, span, OneLine(message), trail);

    private static readonly DiagnosticDescriptor s_resultAlreadyLoaded = Error("MDL2223",
        "the 'statement' result named '{0}' has already been loaded into a variable; keep it with set and use that{1}");

    private static readonly DiagnosticDescriptor s_conflictingKeys = Error("MDL2224",
        "config has conflicting keys '{0}' and '{1}', which are one setting; keep one{2}");

    public static Diagnostic ResultAlreadyLoaded(SourceSpan span, string name, string trail) => Diagnostic.Create(s_resultAlreadyLoaded, span, name, trail);

    public static Diagnostic ConflictingKeys(SourceSpan span, string one, string other, string trail) =>
        Diagnostic.Create(s_conflictingKeys, span, one, other, trail);

    public static Diagnostic MisplacedSecret(SourceSpan span, string name, string trail) => Diagnostic.Create(s_misplacedSecret, span, name, trail);

    public static Diagnostic UnknownMacro(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownMacro, span, name, NearName.Hint(name, known));

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
