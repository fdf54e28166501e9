using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The answer about a repository itself.</summary>
internal static class RestRepository
{
    public static Answer Describe(RepositoryView view, RestUrls urls)
    {
        var facts = view.Facts;
        return Answer.Json(StatusCodes.Status200OK, new
        {
            id = view.Repository.Id,
            node_id = NodeId.Of("R", view.Repository.Id),
            name = view.Name.Name,
            full_name = view.Name.ToString(),
            @private = facts.Private,
            owner = new { login = view.Name.Owner, type = "Organization" },
            html_url = urls.Page,
            description = facts.Description,
            fork = false,
            url = urls.Repository,
            clone_url = urls.Page + ".git",
            default_branch = view.DefaultBranch,
            archived = facts.Archived,
            disabled = false,
            visibility = facts.Private ? "private" : "public",
            topics = facts.Topics,
            license = facts.LicenseSpdx is null ? null : new
            {
                key = facts.LicenseKey,
                name = facts.LicenseName,
                spdx_id = facts.LicenseSpdx,
                url = facts.LicenseSpdx == "NOASSERTION" ? null : $"{urls.ApiUrl}/licenses/{facts.LicenseKey}",
            },
        });
    }
}
