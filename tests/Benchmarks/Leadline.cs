using Npgsql;

namespace Benchmarks;

/// <summary>The <c>leadline</c> command built beside this program.</summary>
internal static class Leadline
{
    public static string Command { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "leadline.exe" : "leadline");

    public static IReadOnlyDictionary<string, string> Environment(NpgsqlConnectionStringBuilder connection) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings__warehouse"] = connection.ConnectionString };
}
