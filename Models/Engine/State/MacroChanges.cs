using System.Text.Json;
using System.Text.RegularExpressions;
using Models.Project.Graph;

namespace Models.Engine.State;

/// <summary>Finds the macros that differ from an earlier manifest, directly or through a macro that they call.</summary>
internal sealed class MacroChanges
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public MacroChanges(IReadOnlyList<MacroDefinition> macros, JsonElement manifest)
    {
        if (!manifest.TryGetProperty("macros", out var before))
            return;

        foreach (var macro in macros)
        {
            if (!before.TryGetProperty(macro.UniqueId, out var then) || Trim(PreviousArtifacts.Text(then, "macro_sql")) != Trim(macro.Sql))
                _changed.Add(macro.UniqueId);
        }

        Spread(macros);
    }

    public bool IsChanged(string uniqueId) => _changed.Contains(uniqueId);

    // a macro calls all macros whose names its text contains
    private void Spread(IReadOnlyList<MacroDefinition> macros)
    {
        var pending = new Queue<MacroDefinition>(macros.Where(m => _changed.Contains(m.UniqueId)));
        while (pending.TryDequeue(out var changed))
        {
            var call = $@"\b{Regex.Escape(changed.Name)}\s*\(";
            foreach (var macro in macros)
            {
                if (!_changed.Contains(macro.UniqueId) && Regex.IsMatch(macro.Sql, call, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
                {
                    _changed.Add(macro.UniqueId);
                    pending.Enqueue(macro);
                }
            }
        }
    }

    private static string Trim(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
