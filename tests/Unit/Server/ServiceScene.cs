using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SkillMeat.Server.Hosting;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>A service on a loopback port, with a client that has its token.</summary>
internal sealed class ServiceScene : IAsyncDisposable
{
    private readonly TestHome _place;
    private readonly SkmServer _server;

    private ServiceScene(TestHome place, SkmServer server, StringWriter log)
    {
        _place = place;
        _server = server;
        Log = log;
        Client = CreateClient();
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public TestHome Place => _place;

    /// <summary>A client with the token.</summary>
    public HttpClient Client { get; }

    public StringWriter Log { get; }

    public string Token => _server.Ready.Token;

    public Uri Url => new(_server.Ready.Url);

    public SkmServer Server => _server;

    public static async Task<ServiceScene> StartAsync(TestHome? place = null, Func<ServerOptions, ServerOptions>? change = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        place ??= TestHome.Sample();
        var log = new StringWriter();
        var options = new ServerOptions
        {
            Home = place.Home,
            Port = 0,
            Environment = name => environment?.GetValueOrDefault(name),
            Time = TimeProvider.System,
            Log = TextWriter.Synchronized(log),
            LogsRequests = true,
            Upstream = new UpstreamSessionOptions(),
        };
        return new ServiceScene(place, await SkmServer.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken), log);
    }

    /// <summary>Creates a client without a token, which follows no redirects and keeps no cookies.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Url };

    public Task<ServiceAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, body: null, headers);

    public Task<ServiceAnswer> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(Client, method, path, body, headers);

    public static async Task<ServiceAnswer> SendAsync(HttpClient client, HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = body as HttpContent ?? new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new ServiceAnswer(response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Waits for the end of the job that an answer names.</summary>
    public async Task<JsonElement> EndOfAsync(ServiceAnswer accepted)
    {
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        for (var left = 1_000; left > 0; left--)
        {
            var job = (await GetAsync(accepted.Headers.Location!.ToString())).Json;
            if (job.GetProperty("finished_at").ValueKind != JsonValueKind.Null) return job;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The job does not end.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _place.Dispose();
    }
}
