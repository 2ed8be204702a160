namespace Models.Engine.Selection;

/// <summary>Comparison of the <c>fqn</c> method: package, folders and name, from the left, separated by dots. Source: dbt's page on methods.</summary>
internal static class QualifiedName
{
    public static bool Matches(IReadOnlyList<string> fqn, string selector, bool isVersioned) =>
        MatchesFrom(fqn, 0, selector, isVersioned) || (fqn.Count > 1 && MatchesFrom(fqn, 1, selector, isVersioned));

    private static bool MatchesFrom(IReadOnlyList<string> fqn, int start, string selector, bool isVersioned)
    {
        if (fqn.Count <= start)
            return false;

        if (isVersioned && fqn.Count >= start + 2)
        {
            var name = fqn[^2];
            if (name == selector || $"{name}.{fqn[^1]}" == selector || $"{name}_{fqn[^1]}" == selector)
                return true;
        }
        else if (fqn[^1] == selector)
        {
            return true;
        }

        var names = fqn.Skip(start).SelectMany(part => part.Split('.')).ToArray();
        var parts = selector.Split('.');
        if (names.Length < parts.Length)
            return false;

        for (var i = 0; i < parts.Length; i++)
        {
            if (NamePattern.HasWildcard(parts[i]))
                return NamePattern.Matches(string.Join('.', names[i..]), string.Join('.', parts[i..]));
            if (names[i] != parts[i])
                return false;
        }

        return true;
    }
}
