using System.Globalization;
using System.Net;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Replaces Git LFS pointers with their files, if the host has them (git-lfs, docs/api/batch.md). Thread-safe.</summary>
/// <param name="http">Sends requests.</param>
internal sealed class LfsDownloads(UpstreamHttp http)
{
    private const string MediaType = "application/vnd.git-lfs+json";
    private const int ObjectsAtOnce = 100;

    // The status codes with which hosts refuse anonymous requests.
    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound];

    /// <summary>Fetches the files. Where this fails, the pointer stays and the reason is recorded.</summary>
    /// <param name="assembly">The assembly that has the pointers and receives the files.</param>
    /// <param name="cancellationToken">Cancels the downloads.</param>
    /// <exception cref="StorageException">The store cannot be written.</exception>
    public async Task BringAsync(ContentAssembly assembly, CancellationToken cancellationToken)
    {
        // Files that would not be accepted are not requested.
        var pointers = assembly.Pointers.ToLookup(pair => assembly.HasRoomFor(pair.Value.Size));
        foreach (var (id, pointer) in pointers[false]) assembly.GiveUp(id, TooLarge(pointer));
        foreach (var some in pointers[true].Chunk(ObjectsAtOnce))
        {
            try
            {
                await BringAsync(assembly, some, cancellationToken).ConfigureAwait(false);
            }
            catch (UpstreamException e)
            {
                foreach (var (id, _) in some) assembly.GiveUp(id, e.Message.TrimEnd('.'));
            }
        }
    }

    private async Task BringAsync(ContentAssembly assembly, KeyValuePair<GitOid, LfsPointer>[] pointers, CancellationToken cancellationToken)
    {
        var wanted = pointers.Select(pair => pair.Value).Distinct().ToList();
        var downloads = await AskAsync(assembly.Question.Repository, wanted, withoutToken: true, cancellationToken).ConfigureAwait(false)
            ?? await AskAsync(assembly.Question.Repository, wanted, withoutToken: false, cancellationToken).ConfigureAwait(false)
            ?? throw new UpstreamException(ErrorIds.UpstreamForbidden, $"{assembly.Question.Repository} has no Git LFS, or denies access to it");
        foreach (var (id, pointer) in pointers)
        {
            var download = downloads.GetValueOrDefault(pointer.Sha256) ?? new LfsDownload(Address: null, [], "the host does not have it");
            if (!assembly.HasRoomFor(pointer.Size))
            {
                assembly.GiveUp(id, TooLarge(pointer));
                continue;
            }

            if (download.Address is null)
            {
                assembly.GiveUp(id, download.Problem ?? "the host does not have it");
                continue;
            }

            try
            {
                await DownloadAsync(assembly, id, download, cancellationToken).ConfigureAwait(false);
            }
            catch (UpstreamException e)
            {
                assembly.GiveUp(id, e.Message.TrimEnd('.'));
            }
        }
    }

    private static string TooLarge(LfsPointer pointer) => string.Create(CultureInfo.InvariantCulture, $"its {pointer.Size} bytes are too large");

    // Returns null if the host refuses access.
    private Task<Dictionary<string, LfsDownload>?> AskAsync(RepositoryAddress repository, IReadOnlyList<LfsPointer> pointers, bool withoutToken, CancellationToken cancellationToken)
    {
        var request = new UpstreamHttpRequest
        {
            Method = HttpMethod.Post,
            Uri = AddressOf(repository),
            What = $"Git LFS of {repository}",
            Role = HostRole.Git,
            WithoutToken = withoutToken,
            Expect = ExpectedBody.Json,
            Accept = MediaType,
            Content = BodyFor(pointers),
            ContentType = MediaType,
            AlsoNormal = Refusals,
        };
        return http.SendAsync(
            request,
            async (body, response, token) =>
            {
                if (Array.IndexOf(Refusals, response.Status) >= 0) return null;
                using var json = await WholeJson.ReadAsync(body, request.What, http.Limits, token).ConfigureAwait(false);
                return Read(json.RootElement, request.Uri);
            },
            cancellationToken);
    }

    // According to git-lfs, docs/api/server-discovery.md, the suffix is added to an address without it.
    private static Uri AddressOf(RepositoryAddress repository)
    {
        var git = repository.GitUrl!.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri($"{git}{(git.EndsWith(".git", StringComparison.Ordinal) ? "" : ".git")}/info/lfs/objects/batch");
    }

    private static byte[] BodyFor(IReadOnlyList<LfsPointer> pointers)
    {
        var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("operation", "download");
            json.WriteStartArray("transfers");
            json.WriteStringValue("basic");
            json.WriteEndArray();
            json.WriteStartArray("objects");
            foreach (var pointer in pointers)
            {
                json.WriteStartObject();
                json.WriteString("oid", pointer.Sha256);
                json.WriteNumber("size", pointer.Size);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("hash_algo", "sha256");
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static Dictionary<string, LfsDownload> Read(JsonElement answer, Uri asked)
    {
        var downloads = new Dictionary<string, LfsDownload>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in answer.GetProperty("objects").EnumerateArray()) downloads[entry.GetProperty("oid").GetString() ?? ""] = ReadObject(entry, asked);
        return downloads;
    }

    private static LfsDownload ReadObject(JsonElement entry, Uri asked)
    {
        if (entry.TryGetProperty("error", out var error))
        {
            var said = error.TryGetProperty("message", out var message) ? message.GetString() ?? "" : "";
            return new LfsDownload(Address: null, [], $"the host says: {ServerText.Cut(ServerText.Flatten(said), 100)}");
        }

        if (!entry.TryGetProperty("actions", out var actions) || !actions.TryGetProperty("download", out var download)) return new LfsDownload(Address: null, [], "the host does not offer it");
        if (!Uri.TryCreate(download.GetProperty("href").GetString(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            return new LfsDownload(Address: null, [], "the host gives no address for it");
        }

        // The headers may contain a secret.
        if (address.Scheme == Uri.UriSchemeHttp && asked.Scheme == Uri.UriSchemeHttps) return new LfsDownload(Address: null, [], "the host offers it without encryption");
        var headers = download.TryGetProperty("header", out var header) && header.ValueKind == JsonValueKind.Object
            ? header.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString() ?? "")).ToList()
            : [];
        return new LfsDownload(address, headers, Problem: null);
    }

    private Task<bool> DownloadAsync(ContentAssembly assembly, GitOid pointer, LfsDownload download, CancellationToken cancellationToken) => http.SendAsync(
        new UpstreamHttpRequest
        {
            Uri = download.Address!,
            What = $"Git LFS of {assembly.Question.Repository}",
            Role = HostRole.Other,
            Expect = ExpectedBody.Any,
            Headers = download.Headers,
            // The answer contains the headers for the download, so neither the token nor git's credentials are sent.
            WithoutToken = true,
        },
        async (body, _, token) => await OwnThread.RunAsync(() => assembly.TryReplace(pointer, body, token)).ConfigureAwait(false)
            ? true
            : throw new TransientUpstreamException("the file does not match its pointer"),
        cancellationToken);

    private sealed record LfsDownload(Uri? Address, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Problem);
}
