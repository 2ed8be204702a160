namespace Serving.Console.Reads;

/// <summary>What a part of a page shows: what was read, or one line that says why it was not.</summary>
public sealed record Reading<T>(T? Value, string? Fault)
{
    public static Reading<T> Of(T value) => new(value, null);

    public static Reading<T> Failed(string fault) => new(default, fault);
}
