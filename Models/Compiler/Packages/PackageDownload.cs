using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Models.Compiler.Packages;

/// <summary>Downloads what packages need over HTTP.</summary>
internal sealed class PackageDownload(HttpClient client)
{
    private const int Attempts = 3;

    /// <summary>Reads a JSON document; returns null if there is none at this address.</summary>
    /// <exception cref="PackageException">The server cannot be reached, or answers something else.</exception>
    public Task<JsonDocument?> ReadJsonAsync(string address, CancellationToken cancellationToken) => GetAsync(address, async response =>
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonDocument>(cancellationToken);
    }, cancellationToken);

    /// <summary>Unpacks a .tar.gz archive, whose single top folder is the package; returns that folder.</summary>
    /// <param name="address">The archive.</param>
    /// <param name="folder">An empty folder for its files.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="PackageException">The archive cannot be downloaded or unpacked.</exception>
    public async Task<string> UnpackAsync(string address, string folder, CancellationToken cancellationToken)
    {
        await GetAsync(address, async response =>
        {
            response.EnsureSuccessStatusCode();
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            await using var tar = new GZipStream(content, CompressionMode.Decompress);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: false, cancellationToken);
            return true;
        }, cancellationToken);
        return Directory.GetFileSystemEntries(folder) is [var only] && Directory.Exists(only)
            ? only
            : throw new PackageException("its archive must hold a single folder with the package's files");
    }

    private async Task<T> GetAsync<T>(string address, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new PackageException("its address is not one of http or https");

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                return await read(response);
            }
            catch (HttpRequestException refused)
            {
                if (refused.StatusCode is not { } status)
                    throw new PackageException($"{uri.Host} cannot be reached ({refused.Message})", refused);
                if (attempt == Attempts || (int)status < 500)
                    throw new PackageException($"{uri.Host} answered {(int)status}", refused);
            }
            catch (TaskCanceledException slow) when (!cancellationToken.IsCancellationRequested)
            {
                throw new PackageException($"{uri.Host} did not answer within {client.Timeout.TotalSeconds:0} seconds", slow);
            }
            catch (Exception broken) when (broken is InvalidDataException or IOException or JsonException)
            {
                if (attempt == Attempts)
                    throw new PackageException($"what {uri.Host} sent cannot be read ({broken.Message})", broken);
            }
        }
    }
}
