using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Answers;

/// <summary>An answer in JSON. To GET, it carries the entity tag of its content, and is empty if the client has that content already.</summary>
internal sealed class JsonAnswer(byte[] bytes, int status = StatusCodes.Status200OK) : IResult
{
    private const int TagBytes = 16;

    /// <summary>The URI of what was created, or null.</summary>
    public string? Location { get; init; }

    /// <summary>The entity tag: that of the content, unless the content leaves something out.</summary>
    public string Tag { get; init; } = TagOf(bytes);

    public static JsonAnswer Of<T>(T value) => new(ServiceJson.BytesOf(value));

    /// <summary>Answers a value under a tag of its own.</summary>
    public static JsonAnswer Of<T>(T value, string tag) => new(ServiceJson.BytesOf(value)) { Tag = tag };

    /// <summary>Answers a value that belongs to something that it does not say. The tag is that of both.</summary>
    public static JsonAnswer Of<T>(T value, ReadOnlySpan<byte> unsaid)
    {
        var bytes = ServiceJson.BytesOf(value);
        return new JsonAnswer(bytes) { Tag = TagOf([.. bytes, .. unsaid]) };
    }

    public static JsonAnswer Created<T>(string location, T value) => new(ServiceJson.BytesOf(value), StatusCodes.Status201Created) { Location = location };

    /// <summary>Says that something was begun that is no job.</summary>
    public static JsonAnswer Accepted<T>(T value) => new(ServiceJson.BytesOf(value), StatusCodes.Status202Accepted);

    /// <summary>Says that a job was begun.</summary>
    public static JsonAnswer Accepted(Job job) => new(ServiceJson.BytesOf(job.Now), StatusCodes.Status202Accepted) { Location = $"{JobEndpoints.Path}/{job.Id}" };

    /// <summary>Returns the entity tag of content: a strong one.</summary>
    public static string TagOf(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return $"\"{Base64Url.EncodeToString(hash[..TagBytes])}\"";
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var isRead = HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method);
        if (Location is not null) response.Headers.Location = Location;
        // Kept by the client, and asked again each time.
        response.Headers.CacheControl = isRead ? "private, no-cache" : "no-store";
        if (isRead || status == StatusCodes.Status200OK) response.Headers.ETag = Tag;
        if (isRead && EntityTagHeaderValue.TryParseList(httpContext.Request.Headers.IfNoneMatch, out var known) && known.Any(one => one.Tag == "*" || one.Tag == Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
