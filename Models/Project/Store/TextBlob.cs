using System.Text;

namespace Models.Project.Store;

/// <summary>The texts of models as concatenated UTF-8. They are compared with the bytes of files, and rarely decoded.</summary>
internal sealed class TextBlob : IDisposable
{
    private readonly MemoryStream _bytes = new();

    public int Length => (int)_bytes.Length;

    /// <summary>Appends a text; returns its position and digest.</summary>
    public (int Start, int Length, Digest Content) Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var start = Length;
        _bytes.Write(bytes);
        return (start, bytes.Length, Digest.Of(bytes));
    }

    public void CopyTo(Stream stream) => stream.Write(_bytes.GetBuffer(), 0, Length);

    public void Dispose() => _bytes.Dispose();
}
