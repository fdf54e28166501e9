using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A plain client of the server's APIs.</summary>
internal sealed class GitHubClient(LoopbackGitHubServer server) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<HttpResponseMessage> GetAsync(string path, string? token = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path.StartsWith("http", StringComparison.Ordinal) ? path : server.ApiUrl + path);
        request.Headers.UserAgent.ParseAdd("test/1.0");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        change?.Invoke(request);
        return await _client.SendAsync(request, Cancel);
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var answer = await GetAsync(path, server.Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
        return await ReadJsonAsync(answer);
    }

    public async Task<HttpResponseMessage> PostAsync(string query, object? variables = null, string? token = null, string? operationName = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.GraphQlUrl);
        request.Headers.UserAgent.ParseAdd("test/1.0");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("bearer", token);
        request.Content = new StringContent(JsonSerializer.Serialize(new { query, variables, operationName }), Encoding.UTF8, "application/json");
        return await _client.SendAsync(request, Cancel);
    }

    public async Task<JsonElement> QueryAsync(string query, object? variables = null)
    {
        using var answer = await PostAsync(query, variables, server.Token);
        Assert.Equal(200, (int)answer.StatusCode);
        return await ReadJsonAsync(answer);
    }

    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return json.RootElement.Clone();
    }

    public void Dispose() => _client.Dispose();
}
