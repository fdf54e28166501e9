using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server.Kills;

/// <summary>A client of a service that may die at any time.</summary>
internal sealed class KillClient : IDisposable
{
    private readonly HttpClient _client;

    public KillClient(string url, string token)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"{url}api/v1/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<JsonElement> GetAsync(string path) => (await ServiceScene.SendAsync(_client, HttpMethod.Get, path, null)).Succeeds().Json;

    /// <summary>Sends a request, and waits for the end of its job. It must succeed.</summary>
    /// <exception cref="HttpRequestException">The service is gone.</exception>
    public async Task<JsonElement> SendAsync(string method, string path, string? body)
    {
        var answer = await ServiceScene.SendAsync(_client, new HttpMethod(method), path, body);
        Assert.True((int)answer.Status is >= 200 and < 300, $"{method} {path}: {answer.Text}");
        if (answer.Status != HttpStatusCode.Accepted) return answer.Json;
        for (var left = 3_000; left > 0; left--)
        {
            var job = await GetAsync(answer.Headers.Location!.ToString());
            if (job.GetProperty("finished_at").ValueKind == JsonValueKind.Null)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
                continue;
            }

            Assert.True(job.GetProperty("state").GetString() == "succeeded", $"{method} {path}: {job}");
            return job.GetProperty("result");
        }

        throw new TimeoutException($"{method} {path}: the job does not end.");
    }

    public void Dispose() => _client.Dispose();
}
