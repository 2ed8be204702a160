namespace Models.Parsing.Nodes;

/// <summary>The path of a properties file below its configured folder, from which the fqn of the nodes it declares is built.</summary>
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
