using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>An answer of the service.</summary>
internal sealed record ServiceAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
    }

    public string? Tag => Headers.ETag?.Tag;

    /// <summary>Asserts success.</summary>
    public ServiceAnswer Succeeds(HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.True(Status == status, $"{(int)Status}, not {(int)status}: {Text}");
        return this;
    }

    /// <summary>Asserts a problem as clients rely on it.</summary>
    public ServiceAnswer Fails(int status, string code)
    {
        Assert.True((int)Status == status, $"{(int)Status}, not {status}: {Text}");
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal((status, code, $"urn:skillmeat:problem:{code}"), (Json.GetProperty("status").GetInt32(), Json.GetProperty("code").GetString(), Json.GetProperty("type").GetString()));
        Assert.NotEmpty(Json.GetProperty("title").GetString()!);
        Assert.NotEmpty(Json.GetProperty("detail").GetString()!);
        return this;
    }
}
