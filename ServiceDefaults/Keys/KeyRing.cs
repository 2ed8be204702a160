using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Keys;

/// <summary>The keys to an API. Only their hashes are kept, and compared in a time that says nothing of how much was right.</summary>
/// <typeparam name="TGrant">What a key is good for.</typeparam>
public sealed class KeyRing<TGrant>
    where TGrant : class
{
    private const int ShortestKey = 16;
    private const string Scheme = "Bearer ";

    private readonly List<(byte[] Hash, TGrant Grant)> _keys = [];

    public int Count => _keys.Count;

    /// <param name="key">The key itself; not read where there is a file.</param>
    /// <param name="keyFile">The file that holds it.</param>
    /// <param name="setting">What the names of both settings begin with, for messages.</param>
    /// <exception cref="ServiceException">It is too short, or its file cannot be read.</exception>
    public async Task AddAsync(string? key, string? keyFile, string setting, TGrant grant, CancellationToken cancellationToken)
    {
        var given = string.IsNullOrWhiteSpace(keyFile) ? key?.Trim() ?? "" : await ReadAsync(keyFile, setting, cancellationToken);
        if (given.Length < ShortestKey)
            throw new ServiceException($"The key of {setting}Key (or KeyFile) has {given.Length} characters; it needs {ShortestKey} or more.");
        _keys.Add((Hash(given), grant));
    }

    /// <summary>What the key in the header <c>Authorization: Bearer KEY</c> is good for; null without a known key.</summary>
    public TGrant? Find(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;

        var hash = Hash(header[Scheme.Length..].Trim());
        TGrant? found = null;
        foreach (var (known, grant) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                found = grant;
        }

        return found;
    }

    private static async Task<string> ReadAsync(string keyFile, string setting, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(keyFile, cancellationToken)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException($"The file '{keyFile}' of {setting}KeyFile cannot be read: {exception.Message}", exception);
        }
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
