using System.Net.Http.Headers;
using System.Text.Json;
using SkillMeat.Errors;

namespace SkillMeat.Serving;

/// <summary>Sends requests to a server.</summary>
internal sealed class ServerControl : IDisposable
{
    private const int MostBytes = 64 << 10;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    private readonly RunningServer _server;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <param name="server">The server.</param>
    /// <param name="token">Its token, or null.</param>
    /// <param name="time">The clock.</param>
    public ServerControl(RunningServer server, string? token, TimeProvider time)
    {
        _server = server;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = server.Url,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBytes,
        };
        if (token is not null) _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Asks the server to end. It may still run when this returns.</summary>
    public async Task ShutDownAsync(CancellationToken cancellationToken) => await PostAsync("api/v1/shutdown", cancellationToken).ConfigureAwait(false);

    /// <summary>Makes a page that signs in once, and returns its path.</summary>
    public async Task<string> CreateSignInPageAsync(CancellationToken cancellationToken)
    {
        var text = await PostAsync("api/v1/sign-in-pages", cancellationToken).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("path").GetString() ?? throw Failed("its answer has no path");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Failed(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<string> PostAsync(string address, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_longest, _time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var answer = await _client.PostAsync(new Uri(address, UriKind.Relative), content: null, ends.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) throw Failed($"it answers {(int)answer.StatusCode} to POST /{address}");
            return await answer.Content.ReadAsStringAsync(ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed("it does not answer");
        }
        catch (HttpRequestException e)
        {
            throw Failed(e.Message, e);
        }
    }

    private SkillMeatException Failed(string reason, Exception? cause = null) => new(ErrorIds.ServerFailed, $"The server at {_server.Url} cannot be asked: {reason.TrimEnd('.')}.", cause);
}
