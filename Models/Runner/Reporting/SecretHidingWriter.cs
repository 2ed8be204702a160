using System.Text;
using Models.Engine;

namespace Models.Runner.Reporting;

/// <summary>Masks secrets in the text passed to another writer. A secret is found only within one call, so callers must write whole lines.</summary>
internal sealed class SecretHidingWriter(TextWriter inner, Secrets secrets) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Returns the writer itself if there are no secrets.</summary>
    public static TextWriter Around(TextWriter inner, Secrets secrets) => secrets.Any ? new SecretHidingWriter(inner, secrets) : inner;

    public override void Write(char value) => inner.Write(value);

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value) => inner.Write(value is null ? null : secrets.Hide(value));

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : secrets.Hide(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(value is null ? null : secrets.Hide(value));

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
