using System.Text;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The answer about a blob.</summary>
internal static class RestBlobs
{
    private const int Largest = 100 * 1024 * 1024;
    private const int LineLength = 60;

    public static Answer Read(RepositoryView view, RestUrls urls, string id, bool raw)
    {
        if (id.Length != 40 || !id.All(char.IsAsciiHexDigit))
        {
            return Answer.Error(StatusCodes.Status422UnprocessableEntity, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
        }

        if (view.Resolve(id.ToLowerInvariant()) is not { Type: "blob" } blob)
        {
            return Answer.Error(StatusCodes.Status404NotFound, "Not Found");
        }

        if (blob.Size > Largest)
        {
            return Answer.Error(StatusCodes.Status403Forbidden, "This API returns blobs up to 100 MB in size.");
        }

        var content = view.Repository.Read(blob.Id);
        return raw
            ? new Answer(StatusCodes.Status200OK) { ContentType = "application/vnd.github.raw+json; charset=utf-8", Body = content }
            : Answer.Json(StatusCodes.Status200OK, new
            {
                sha = blob.Id,
                node_id = NodeId.Of("B", blob.Id),
                size = blob.Size,
                url = urls.Blob(blob.Id),
                content = Lines(content),
                encoding = "base64",
            });
    }

    /// <summary>Base64 in lines of 60 characters, each with a line feed.</summary>
    public static string Lines(byte[] content)
    {
        var text = Convert.ToBase64String(content);
        var lines = new StringBuilder(text.Length + (text.Length / LineLength) + 1);
        for (var start = 0; start < text.Length; start += LineLength)
        {
            lines.Append(text, start, Math.Min(LineLength, text.Length - start)).Append('\n');
        }

        return lines.ToString();
    }
}
