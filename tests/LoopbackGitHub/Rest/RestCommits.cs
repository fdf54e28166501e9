using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The answer about one commit.</summary>
internal static class RestCommits
{
    public static Answer Read(RepositoryView view, RestUrls urls, string reference, bool onlyId)
    {
        if (view.IsEmpty)
        {
            return Answer.Error(StatusCodes.Status409Conflict, "Git Repository is empty.");
        }

        if (view.Resolve(reference + "^{commit}") is not { } found)
        {
            return Answer.Error(StatusCodes.Status422UnprocessableEntity, $"No commit found for SHA: {reference}");
        }

        if (onlyId)
        {
            return Answer.Text(StatusCodes.Status200OK, found.Id, "application/vnd.github.sha; charset=utf-8");
        }

        var commit = view.ReadText(found.Id);
        return Answer.Json(StatusCodes.Status200OK, new
        {
            sha = found.Id,
            node_id = NodeId.Of("C", found.Id),
            commit = new
            {
                author = Describe(commit["author"]),
                committer = Describe(commit["committer"]),
                message = commit.Message.TrimEnd('\n'),
                tree = new { sha = commit["tree"], url = urls.Tree(commit["tree"]) },
                url = $"{urls.Repository}/git/commits/{found.Id}",
            },
            url = urls.Commit(found.Id),
            html_url = $"{urls.Page}/commit/{found.Id}",
            parents = commit.All("parent").Select(parent => new { sha = parent, url = urls.Commit(parent) }),
        });
    }

    private static object Describe(string header)
    {
        var signature = GitSignature.Parse(header);
        return new { name = signature.Name, email = signature.Email, date = signature.UtcText };
    }
}
