namespace Aspire.Hosting.Running;

/// <summary>Prints each resource's lines behind its name, each name in a colour of its own.</summary>
internal sealed class ResourceConsole
{
    private const string Reset = "\e[0m";
    private const string Red = "\e[31m";
    private const int NameWidth = 8;

    private static readonly string[] s_colours = ["\e[36m", "\e[32m", "\e[35m", "\e[33m", "\e[34m", "\e[96m", "\e[92m", "\e[95m"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _colourOf = [];

    // https://no-color.org
    private readonly bool _coloured = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Write(IResource resource, string line)
    {
        lock (_lock)
        {
            if (!_colourOf.TryGetValue(resource.Name, out var colour))
                _colourOf[resource.Name] = colour = s_colours[_colourOf.Count % s_colours.Length];

            var name = resource.Name.PadRight(NameWidth);
            Console.Out.WriteLine(_coloured ? $"{colour}{name} |{Reset} {line}" : $"{name} | {line}");
        }
    }

    public void WriteError(string message)
    {
        lock (_lock)
            Console.Error.WriteLine(_coloured ? $"{Red}error:{Reset} {message}" : $"error: {message}");
    }
}
