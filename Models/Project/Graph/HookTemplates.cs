namespace Models.Project.Graph;

/// <summary>Reads the hooks from a node's configuration.</summary>
internal static class HookTemplates
{
    private static readonly string[] s_settings = ["pre_hook", "pre-hook", "post_hook", "post-hook"];

    /// <summary>The templates of the hooks. A hook is a string, or a mapping with <c>sql</c>; a setting holds one or a list of them.</summary>
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
