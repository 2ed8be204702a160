using System.Text.RegularExpressions;
using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary>A match of <c>modules.re</c>.</summary>
internal sealed class MatchObject(Match match) : IJinjaObject, IJinjaIndexable
{
    public static MatchObject? Of(Match? match) => match is null ? null : new MatchObject(match);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "group" =>
                new HostFunction("group(*)", a => a.More.Count > 1 ? new JinjaTuple([.. a.More.Select(Group)]) : Group(a.More.Count == 0 ? 0L : a.More[0])),
            "groups" => new HostFunction("groups(default?)", a => new JinjaTuple([.. match.Groups.Values.Skip(1).Select(g => g.Success ? g.Value : a[0])])),
            "groupdict" => new HostFunction("groupdict(default?)", a => new JinjaDict(match.Groups.Values
                .Where(g => !char.IsDigit(g.Name[0])).Select(g => KeyValuePair.Create(g.Name, g.Success ? g.Value : a[0])))),
            "start" => new HostFunction("start(group?)", a => (long)Find(a[0] ?? 0L).Index),
            "end" => new HostFunction("end(group?)", a => (long)(Find(a[0] ?? 0L).Index + Find(a[0] ?? 0L).Length)),
            "span" =>
                new HostFunction("span(group?)", a => new JinjaTuple((long)Find(a[0] ?? 0L).Index, (long)(Find(a[0] ?? 0L).Index + Find(a[0] ?? 0L).Length))),
            "string" => match.Result("$_"),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = Group(key);
        return Find(key).Success;
    }

    public override string ToString() => $"<re.Match object; span=({match.Index}, {match.Index + match.Length}), match={PythonText.Repr(match.Value)}>";

    private string? Group(object? key) => Find(key) is { Success: true } group ? group.Value : null;

    private Group Find(object? key) => key is long number ? match.Groups[(int)number] : match.Groups[PythonText.Str(key)];
}
