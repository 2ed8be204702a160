namespace Models.Project.Graph;

/// <summary>The hooks of a node as its configuration holds them.</summary>
internal static class NodeHooks
{
    private static readonly string[] s_settings = ["pre_hook", "pre-hook", "post_hook", "post-hook"];

    /// <summary>Their templates. A hook is a text, or a mapping with its <c>sql</c>; a setting holds one or a list of them.</summary>
    public static IEnumerable<string> Of(Node node)
    {
        foreach (var setting in s_settings)
        {
            if (!node.Config.TryGet(setting, out var value) || value is null)
                continue;

            var items = value is string || MappingValue.Entries(value).Any() ? [value] : MappingValue.Items(value);
            foreach (var item in items)
            {
                if ((item as string ?? MappingValue.Value(item, "sql") as string) is { } template)
                    yield return template;
            }
        }
    }
}
