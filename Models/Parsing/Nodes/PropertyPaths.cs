namespace Models.Parsing.Nodes;

/// <summary>A properties file's place below the configured folder that holds it, from which the fqn of what it declares is formed.</summary>
internal static class PropertyPaths
{
    public static string Below(IEnumerable<string> folders, string relative)
    {
        foreach (var folder in folders)
        {
            var prefix = folder.TrimEnd('/') + "/";
            if (relative.StartsWith(prefix, StringComparison.Ordinal))
                return relative[prefix.Length..];
        }

        return relative;
    }
}
