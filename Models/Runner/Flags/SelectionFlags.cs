using System.CommandLine;
using Models.Database;
using Models.Engine;
using Models.Project.Graph;

namespace Models.Runner.Flags;

/// <summary>The flags that select nodes. Each command has its own instance, because an option belongs to one command.</summary>
internal sealed class SelectionFlags
{
    private static readonly string[] ModelNames = ["--models", "--model", "-m"];

    private readonly Option<string[]> _select;
    private readonly Option<string[]>? _models;
    private readonly Option<string[]> _exclude = Many("--exclude", [], "Nodes to exclude.");
    private readonly Option<string?> _selector = new("--selector") { Description = "A named selection of selectors.yml." };
    private readonly Option<string[]> _types = Many("--resource-type", ["--resource-types"], "Keep only these types.");
    private readonly Option<string[]> _excludeTypes = Many("--exclude-resource-type", ["--exclude-resource-types"], "Exclude these types.");
    private readonly Option<string?> _indirect = new("--indirect-selection") { Description = "Which tests to include: eager, cautious, buildable or empty." };

    /// <param name="modelsAreATypeToo">True if <c>--models</c> selects only models, as for <c>ls</c>; otherwise it is an alias of <c>--select</c>.</param>
    public SelectionFlags(bool modelsAreATypeToo = false)
    {
        _select = Many("--select", modelsAreATypeToo ? ["-s"] : ["-s", .. ModelNames], "Nodes to select: names, methods such as tag:nightly, graph operators.");
        _models = modelsAreATypeToo ? Many(ModelNames[0], ModelNames[1..], "Like --select, but only models.") : null;
    }

    public void AddTo(Command command)
    {
        Option?[] options = [_select, _models, _exclude, _selector, _types, _excludeTypes, _indirect];
        foreach (var option in options.OfType<Option>())
            command.Options.Add(option);
    }

    public SelectionOptions Read(ParseResult parsed)
    {
        var models = _models is null ? [] : parsed.GetValue(_models) ?? [];
        var select = parsed.GetValue(_select) ?? [];
        if (models.Length > 0 && select.Length > 0)
            throw new RunException("--models and --select are both given; keep one.");

        return new SelectionOptions
        {
            Select = models.Length > 0 ? models : select,
            Exclude = parsed.GetValue(_exclude) ?? [],
            Selector = parsed.GetValue(_selector),
            ResourceTypes = models.Length > 0
                ? [ResourceType.Model]
                : [.. (parsed.GetValue(_types) ?? []).SelectMany(Words).Where(t => t != "all").SelectMany(ReadType)],
            ExcludeResourceTypes = [.. (parsed.GetValue(_excludeTypes) ?? []).SelectMany(Words).SelectMany(ReadType)],
            IndirectSelection = ReadIndirect(parsed.GetValue(_indirect)),
        };
    }

    private static Option<string[]> Many(string name, string[] aliases, string description) =>
        new(name, aliases) { Description = description, AllowMultipleArgumentsPerToken = true };

    // dbt also accepts several types in one argument: --resource-type "seed model"
    private static string[] Words(string value) => value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<ResourceType> ReadType(string word)
    {
        var name = word switch
        {
            "default" => "model",
            "data_test" => "test",
            _ => word,
        };
        foreach (var type in Enum.GetValues<ResourceType>())
        {
            if (type.Name() == name)
                return [type];
        }

        throw new RunException($"There is no resource type '{word}'. The types are {string.Join(", ", Enum.GetValues<ResourceType>().Select(t => t.Name()))}.");
    }

    private static IndirectSelection ReadIndirect(string? word)
    {
        if (word is null)
            return IndirectSelection.Eager;

        return Enum.TryParse<IndirectSelection>(word, ignoreCase: true, out var rule)
            ? rule
            : throw new RunException($"--indirect-selection is eager, cautious, buildable or empty, not '{word}'.");
    }
}
