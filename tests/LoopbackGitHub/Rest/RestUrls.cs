namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The addresses in answers about one repository.</summary>
internal sealed record RestUrls(string ApiUrl, RepositoryName Name)
{
    public string Server => ApiUrl[..^"/api/v3".Length];

    public string Repository => $"{ApiUrl}/repos/{Name}";

    public string Page => $"{Server}/{Name}";

    public string Tree(string id) => $"{Repository}/git/trees/{id}";

    public string Blob(string id) => $"{Repository}/git/blobs/{id}";

    public string Commit(string id) => $"{Repository}/commits/{id}";

    public string Contents(string path, string reference) => $"{Repository}/contents/{Escape(path)}?ref={Uri.EscapeDataString(reference)}";

    public string PageOf(string kind, string reference, string path) => $"{Page}/{kind}/{reference}/{Escape(path)}";

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
