using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>Sends requests as another client of the service, to prepare and to check.</summary>
internal sealed class ServiceClient : IDisposable
{
    private readonly HttpClient _client;

    public ServiceClient(Uri url, string token)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = new Uri(url, "api/v1/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Sends a request and, if the answer is a job, waits for its end. Returns the answer, or the result of the job.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path}: {text}");
        if (text.Length == 0) return default;
        var answer = Parse(text);
        while (response.Headers.Location is { } job && answer.TryGetProperty("state", out var state) && state.GetString() is "queued" or "running")
        {
            await Task.Delay(20, Cancellation);
            answer = Parse(await _client.GetStringAsync(job, Cancellation));
            if (answer.GetProperty("state").GetString() is "failed" or "cancelled") throw new InvalidOperationException($"{method} {path}: {answer}");
            if (answer.GetProperty("state").GetString() == "succeeded") return answer.GetProperty("result");
        }

        return answer;
    }

    public void Dispose() => _client.Dispose();

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
