using System.CommandLine;
using Models.Compiler.Graph;
using Models.Runner.Selection;

namespace Models.Runner.Cli;

/// <summary>The flags that choose nodes; one set for each command, as an option belongs to its command.</summary>
internal sealed class SelectionFlags
{
    private readonly Option<string[]> _select = new("--select", "-s", "--models", "--model", "-m") { Description = "Nodes to take: names, methods such as tag:nightly, graph operators.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "Nodes to leave out.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _selector = new("--selector") { Description = "A named selection of selectors.yml." };
    private readonly Option<string[]> _types = new("--resource-type", "--resource-types") { Description = "Keep only these types.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _excludeTypes = new("--exclude-resource-type", "--exclude-resource-types") { Description = "Leave these types out.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _indirect = new("--indirect-selection") { Description = "Which tests come along: eager, cautious, buildable or empty." };

    public void AddTo(Command command)
    {
        command.Options.Add(_select);
        command.Options.Add(_exclude);
        command.Options.Add(_selector);
        command.Options.Add(_types);
        command.Options.Add(_excludeTypes);
        command.Options.Add(_indirect);
    }

    public SelectionOptions Read(ParseResult parsed) => new()
    {
        Select = parsed.GetValue(_select) ?? [],
        Exclude = parsed.GetValue(_exclude) ?? [],
        Selector = parsed.GetValue(_selector),
        ResourceTypes = [.. (parsed.GetValue(_types) ?? []).Where(t => t != "all").SelectMany(ReadType)],
        ExcludeResourceTypes = [.. (parsed.GetValue(_excludeTypes) ?? []).SelectMany(ReadType)],
        IndirectSelection = ReadIndirect(parsed.GetValue(_indirect)),
    };

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
