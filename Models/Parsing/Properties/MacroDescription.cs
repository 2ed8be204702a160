using Models.Project.Graph;

namespace Models.Parsing.Properties;

/// <summary>The properties of a macro in a properties file.</summary>
internal sealed record MacroDescription(
    string UniqueId, string Description, IReadOnlyDictionary<string, object?> Meta, string PatchPath, IReadOnlyList<MacroArgument> Arguments);
