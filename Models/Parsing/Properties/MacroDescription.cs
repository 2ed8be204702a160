using Models.Project.Graph;

namespace Models.Parsing.Properties;

/// <summary>What a properties file says about a macro.</summary>
internal sealed record MacroDescription(
    string UniqueId, string Description, IReadOnlyDictionary<string, object?> Meta, string PatchPath, IReadOnlyList<MacroArgument> Arguments);
