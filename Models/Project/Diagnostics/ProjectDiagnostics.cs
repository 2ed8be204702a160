using Models.Diagnostics;

namespace Models.Project.Diagnostics;

/// <summary>MDL1xxx: errors in a project's files: dbt_project.yml, profiles.yml, properties, packages and seeds.</summary>
public static class ProjectDiagnostics
{
    private static readonly DiagnosticDescriptor s_projectFileMissing = Error("MDL1001",
        "there is no dbt_project.yml in '{0}'; give the folder that holds one");

    private static readonly DiagnosticDescriptor s_invalidYaml = Error("MDL1002", "this is not valid yaml: {0}");

    private static readonly DiagnosticDescriptor s_unexpectedYamlKind = Error("MDL1003", "'{0}' is {1}, but must be {2}");

    private static readonly DiagnosticDescriptor s_duplicateYamlKey = Warning("MDL1004",
        "'{0}' is written twice in the same mapping, first in line {1}; the later one counts, remove one");

    private static readonly DiagnosticDescriptor s_unknownKey = Warning("MDL1005", "'{0}' is not a key of {1}{2}");

    private static readonly DiagnosticDescriptor s_missingKey = Error("MDL1006", "{0} has no '{1}'; add it");

    private static readonly DiagnosticDescriptor s_profilesFileMissing = Error("MDL1007",
        "the profile '{0}' was looked for in {1}, but there is no profiles.yml; write one, or set ConnectionStrings__warehouse");

    private static readonly DiagnosticDescriptor s_unknownProfile = Error("MDL1008", "there is no profile '{0}' in profiles.yml{1}");

    private static readonly DiagnosticDescriptor s_unknownTarget = Error("MDL1009", "the profile '{0}' has no target '{1}'{2}");

    private static readonly DiagnosticDescriptor s_unsupportedAdapter = Error("MDL1010",
        "the target '{0}' is of type '{1}', but only 'postgres' can be used");

    private static readonly DiagnosticDescriptor s_unreadableFile = Error("MDL1011", "the file cannot be read: {0}");

    private static readonly DiagnosticDescriptor s_invalidConnectionString = Error("MDL1012",
        "the connection string is not valid: {0}; it reads like Host=localhost;Database=warehouse;Username=me;Password=...;Search Path=dev_me");

    private static readonly DiagnosticDescriptor s_duplicateName = Error("MDL1013",
        "{0} '{1}' is defined twice, first in {2}; a name may be used once, rename or remove one");

    private static readonly DiagnosticDescriptor s_propertiesWithoutNode = Warning("MDL1014",
        "there is no {0} '{1}' for these properties{2}");

    private static readonly DiagnosticDescriptor s_packageNotInstalled = Error("MDL1015",
        "the package '{0}' is listed in {1}, but there is no folder '{2}'; run 'leadline deps'");

    private static readonly DiagnosticDescriptor s_invalidTest = Error("MDL1016", "{0}");

    private static readonly DiagnosticDescriptor s_sourceWithoutColumns = Warning("MDL1017",
        "the columns of source '{0}' are not known, so what reads it is not type-checked; declare columns with data_type, or a contract in " +
        "meta.leadline.contract");

    private static readonly DiagnosticDescriptor s_contractMissing = Error("MDL1018",
        "the contract file '{0}' of source '{1}' does not exist");

    private static readonly DiagnosticDescriptor s_unusedConfigurationPath = Warning("MDL1019",
        "the configuration path '{0}' in dbt_project.yml applies to no {1}");

    private static readonly DiagnosticDescriptor s_pythonModel = Error("MDL1020",
        "'{0}' is a Python model, and PostgreSQL runs none; write it in SQL");

    private static readonly DiagnosticDescriptor s_unknownDoc = Error("MDL1021", "there is no docs block '{0}'{1}");

    private static readonly DiagnosticDescriptor s_unknownGroup = Error("MDL1022", "there is no group '{0}'{1}");

    private static readonly DiagnosticDescriptor s_invalidValue = Error("MDL1023", "'{0}' is not a value of '{1}': expected {2}");

    private static readonly DiagnosticDescriptor s_packageInstalledTwice = Error("MDL1024",
        "the package '{0}' is installed twice: from '{1}' and from '{2}'; keep one");

    private static readonly DiagnosticDescriptor s_incompleteContract = Error("MDL1025",
        "the model '{0}' has an enforced contract, so {1}");

    private static readonly DiagnosticDescriptor s_unknownTest = Error("MDL1029", "there is no test '{0}'{1}");

    private static readonly DiagnosticDescriptor s_deprecated = Warning("MDL1028", "'{0}' is deprecated; write '{1}'");

    private static readonly DiagnosticDescriptor s_versionNotSupported = Error("MDL1030",
        "the package '{0}' requires dbt {1}, and this is the language of dbt {2}; take a version of the package that fits, or set version_check: false under " +
        "flags, or --no-version-check");

    private static readonly DiagnosticDescriptor s_deprecatedModel = Warning(
        "MDL1031", "the model '{0}' is deprecated since {1}; remove it, or postpone the date");

    private static readonly DiagnosticDescriptor s_unknownDimension = Error("MDL1032", "the semantic model '{0}' has no time dimension '{1}'{2}");

    private static readonly DiagnosticDescriptor s_nakedNumeric = Warning("MDL1033",
        "Detected columns with numeric type and unspecified precision/scale, this can lead to unintended rounding: {0}; write for example numeric(38,6)");

    private static readonly DiagnosticDescriptor s_invalidSnapshot = Error("MDL1034", "the snapshot '{0}' {1}");

    private static readonly DiagnosticDescriptor s_invalidUnitTest = Error("MDL1035", "the unit test '{0}' {1}");

    private static readonly DiagnosticDescriptor s_publicEphemeral = Error("MDL1036",
        "the model '{0}' is ephemeral, so it cannot be public: other projects have no relation to read; materialize it, or make it protected");

    private static readonly DiagnosticDescriptor s_seedReads = Error("MDL1037",
        "Seeds cannot depend on other nodes, and a hook of the seed '{0}' calls {1}; write the relation's name, or make it a hook of a model");

    private static readonly DiagnosticDescriptor s_unusablePackage = Error("MDL1038", "the package '{0}' cannot be installed: {1}");

    private static readonly DiagnosticDescriptor s_varsDefinedTwice = Error("MDL1039",
        "Variables cannot be defined in both {0} and {1}; move those of one file into the other");

    /// <summary>Begins with dbt's wording, because people filter logs by it.</summary>
    public static Diagnostic VarsDefinedTwice(SourceSpan span, string file, string other) => Diagnostic.Create(s_varsDefinedTwice, span, file, other);

    private static readonly DiagnosticDescriptor s_invalidFunction = Error("MDL1040", "{0}");

    /// <param name="span">Where the function is declared.</param>
    /// <param name="problem">A whole sentence; some begin with dbt's wording, because people filter logs by it.</param>
    public static Diagnostic InvalidFunction(SourceSpan span, string problem) => Diagnostic.Create(s_invalidFunction, span, problem);

    private static readonly DiagnosticDescriptor s_unsupportedConstraints = Warning("MDL1041",
        "Constraint types are not supported for {0} materializations and will be ignored. Set 'warn_unsupported: false' on this constraint to ignore this " +
        "warning; the model '{1}' has constraints");

    /// <summary>Begins with dbt's wording, because people filter logs by it.</summary>
    public static Diagnostic UnsupportedConstraints(SourceSpan span, string materialization, string model) =>
        Diagnostic.Create(s_unsupportedConstraints, span, materialization, model);

    public static Diagnostic UnusablePackage(SourceSpan span, string package, string reason) =>
        Diagnostic.Create(s_unusablePackage, span, package, reason);

    /// <summary>True for the warning about a source without columns, whose columns the target or a lock file may still provide.</summary>
    public static bool IsSourceWithoutColumns(Diagnostic diagnostic) => diagnostic.Descriptor == s_sourceWithoutColumns;

    public static Diagnostic InvalidSnapshot(SourceSpan span, string snapshot, string problem) => Diagnostic.Create(s_invalidSnapshot, span, snapshot, problem);

    public static Diagnostic InvalidUnitTest(SourceSpan span, string test, string problem) => Diagnostic.Create(s_invalidUnitTest, span, test, problem);

    public static Diagnostic SeedReads(SourceSpan span, string seed, string read) => Diagnostic.Create(s_seedReads, span, seed, read);

    public static Diagnostic PublicEphemeral(SourceSpan span, string model) => Diagnostic.Create(s_publicEphemeral, span, model);

    public static Diagnostic ProjectFileMissing(SourceSpan span, string folder) => Diagnostic.Create(s_projectFileMissing, span, folder);

    public static Diagnostic InvalidYaml(SourceSpan span, string reason) => Diagnostic.Create(s_invalidYaml, span, reason);

    /// <summary>Uses dbt's wording, because people filter logs by it.</summary>
    public static Diagnostic NakedNumeric(SourceSpan span, IEnumerable<string> columns) =>
        Diagnostic.Create(s_nakedNumeric, span, $"[{string.Join(", ", columns.Select(c => $"'{c}'"))}]");

    public static Diagnostic UnexpectedYamlKind(SourceSpan span, string key, string found, string expected) =>
        Diagnostic.Create(s_unexpectedYamlKind, span, key, found, expected);

    public static Diagnostic DuplicateYamlKey(SourceSpan span, string key, int firstLine) =>
        Diagnostic.Create(s_duplicateYamlKey, span, key, firstLine.ToString());

    public static Diagnostic UnknownKey(SourceSpan span, string key, string owner, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownKey, span, key, owner, NearName.Hint(key, known));

    public static Diagnostic MissingKey(SourceSpan span, string owner, string key) => Diagnostic.Create(s_missingKey, span, owner, key);

    public static Diagnostic ProfilesFileMissing(SourceSpan span, string profile, string folders) =>
        Diagnostic.Create(s_profilesFileMissing, span, profile, folders);

    public static Diagnostic UnknownProfile(SourceSpan span, string profile, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownProfile, span, profile, KnownNames(profile, known));

    public static Diagnostic UnknownTarget(SourceSpan span, string profile, string target, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownTarget, span, profile, target, KnownNames(target, known));

    public static Diagnostic UnsupportedAdapter(SourceSpan span, string target, string type) =>
        Diagnostic.Create(s_unsupportedAdapter, span, target, type);

    public static Diagnostic UnreadableFile(SourceSpan span, string reason) => Diagnostic.Create(s_unreadableFile, span, reason);

    public static Diagnostic InvalidConnectionString(SourceSpan span, string reason) =>
        Diagnostic.Create(s_invalidConnectionString, span, reason);

    public static Diagnostic DuplicateName(SourceSpan span, string kind, string name, SourceSpan first) =>
        Diagnostic.Create(s_duplicateName, span, kind, name, first.ToString());

    public static Diagnostic PropertiesWithoutNode(SourceSpan span, string kind, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_propertiesWithoutNode, span, kind, name, NearName.Hint(name, known));

    public static Diagnostic PackageNotInstalled(SourceSpan span, string package, string listedIn, string folder) =>
        Diagnostic.Create(s_packageNotInstalled, span, package, listedIn, folder);

    public static Diagnostic InvalidTest(SourceSpan span, string reason) => Diagnostic.Create(s_invalidTest, span, reason);

    public static Diagnostic UnknownTest(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownTest, span, name, NearName.Hint(name, known));

    public static Diagnostic SourceWithoutColumns(SourceSpan span, string source) => Diagnostic.Create(s_sourceWithoutColumns, span, source);

    public static Diagnostic ContractMissing(SourceSpan span, string file, string source) =>
        Diagnostic.Create(s_contractMissing, span, file, source);

    public static Diagnostic UnusedConfigurationPath(SourceSpan span, string path, string kind) =>
        Diagnostic.Create(s_unusedConfigurationPath, span, path, kind);

    public static Diagnostic PythonModel(SourceSpan span, string name) => Diagnostic.Create(s_pythonModel, span, name);

    public static Diagnostic UnknownDoc(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownDoc, span, name, NearName.Hint(name, known));

    public static Diagnostic UnknownGroup(SourceSpan span, string name, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownGroup, span, name, NearName.Hint(name, known));

    private static readonly DiagnosticDescriptor s_severalDisabled = new("MDL1042", DiagnosticSeverity.Error,
        "Found {0} matching disabled nodes for model '{1}': {2}; enable the one that these properties are meant for, or rename the others");

    public static Diagnostic SeveralDisabled(SourceSpan span, string name, IReadOnlyCollection<string> files) =>
        Diagnostic.Create(s_severalDisabled, span, $"{files.Count}", name, string.Join(", ", files));

    public static Diagnostic InvalidValue(SourceSpan span, string value, string key, string expected) =>
        Diagnostic.Create(s_invalidValue, span, value, key, expected);

    public static Diagnostic PackageInstalledTwice(SourceSpan span, string package, string first, string second) =>
        Diagnostic.Create(s_packageInstalledTwice, span, package, first, second);

    public static Diagnostic IncompleteContract(SourceSpan span, string model, string reason) =>
        Diagnostic.Create(s_incompleteContract, span, model, reason);

    public static Diagnostic Deprecated(SourceSpan span, string old, string replacement) =>
        Diagnostic.Create(s_deprecated, span, old, replacement);

    public static Diagnostic VersionNotSupported(SourceSpan span, string package, string required, string ours) =>
        Diagnostic.Create(s_versionNotSupported, span, package, required, ours);

    public static Diagnostic DeprecatedModel(SourceSpan span, string model, string date) => Diagnostic.Create(s_deprecatedModel, span, model, date);

    public static Diagnostic UnknownDimension(SourceSpan span, string model, string dimension, IEnumerable<string> known) =>
        Diagnostic.Create(s_unknownDimension, span, model, dimension, NearName.Hint(dimension, known));

    private static string KnownNames(string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        if (NearName.Find(name, names) is { } near)
            return $"; did you mean '{near}'?";

        return names.Count == 0 ? "" : $"; there is {string.Join(", ", names.Select(n => $"'{n}'"))}";
    }

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);

    private static DiagnosticDescriptor Warning(string id, string format) => new(id, DiagnosticSeverity.Warning, format);
}
