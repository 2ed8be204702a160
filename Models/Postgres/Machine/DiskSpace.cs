namespace Models.Postgres.Machine;

/// <summary>Recognises a full disk.</summary>
internal static class DiskSpace
{
    private const int UnixNoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool IsExhausted(IOException e) => e.HResult is UnixNoSpace or WindowsDiskFull;

    /// <summary>Whether a tool's message tells of a full disk.</summary>
    public static bool IsExhausted(string message) =>
        message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
        || message.Contains("not enough space", StringComparison.OrdinalIgnoreCase);
}
