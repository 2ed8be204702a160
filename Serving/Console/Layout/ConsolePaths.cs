namespace Serving.Console.Layout;

/// <summary>The addresses of the pages.</summary>
internal static class ConsolePaths
{
    public const string Home = "/";
    public const string Models = "/console/models";
    public const string Lineage = "/console/lineage";
    public const string Runs = "/console/runs";
    public const string Quality = "/console/quality";
    public const string Marts = "/console/marts";
    public const string Scores = "/console/scores";

    public static string Model(string id) => $"{Models}/{Uri.EscapeDataString(id)}";

    public static string Run(Guid id) => $"{Runs}/{id}";

    public static string ModelRun(Guid id) => $"{Runs}/models/{id}";

    public static string Mart(string id) => $"{Marts}/{Uri.EscapeDataString(id)}";

    public static string LineageOf(string id) => $"{Lineage}?focus={Uri.EscapeDataString(id)}";
}
