using SkillMeat.Tests.Upstream.Http;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Tests.Upstream.Tokens;

/// <summary>The real git with a credential store of its own that records its calls, and without the user's settings.</summary>
internal sealed class GitCredentialScene : IDisposable
{
    public const string Password = "pa55 w\u00f6rd/S3cret";

    private readonly string _folder = Directory.CreateTempSubdirectory("skm-credential-").FullName;

    public GitCredentialScene(string settings = "", string helper = ":")
    {
        var log = Path.Combine(_folder, "log").Replace('\\', '/');
        var store = Path.Combine(_folder, "store").Replace('\\', '/');
        File.WriteAllText(Path.Combine(_folder, "config"), $"[credential]\n\thelper = \"!f() {{ echo $1 >> '{log}'; {helper}; }}; f\"\n\thelper = store --file='{store}'\n{settings}");
    }

    public List<string> Reports { get; } = [];

    /// <summary>The <c>PATH</c>; null if there is no git.</summary>
    public string? ProgramFolders { get; init; } = System.Environment.GetEnvironmentVariable("PATH");

    /// <summary>The calls of git to its helpers: <c>get</c>, <c>store</c>, <c>erase</c>.</summary>
    public string[] Told => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllLines(Path.Combine(_folder, "log")) : [];

    /// <summary>The stored credentials of git.</summary>
    public string Stored => File.ReadAllText(Path.Combine(_folder, "store"));

    /// <summary>The header that a server gets.</summary>
    public static string Basic(string password = Password) => $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"ada:{password}"))}";

    public GitCredentialScene Keep(Uri host, string path = "", string password = Password)
    {
        File.AppendAllText(Path.Combine(_folder, "store"), $"{host.Scheme}://ada:{Uri.EscapeDataString(password)}@{host.Authority}/{path}\n");
        return this;
    }

    public HostCredentials Credentials(TimeProvider? time = null) => new(new GitCredentialCommand(Environment, time ?? TimeProvider.System, Report));

    public UpstreamHttp Client(UpstreamOptions? options = null, GitHubHosts? hosts = null, HttpMessageHandler? handler = null, TimeProvider? time = null) =>
        new(options ?? HttpRig.Quick, hosts ?? GitHubHosts.DotCom, TimeProvider.System, handler, Report, credentials: Credentials(time));

    public string? Environment(string name) => name switch
    {
        "PATH" => ProgramFolders,
        "HOME" or "USERPROFILE" => _folder,
        "GIT_CONFIG_GLOBAL" => Path.Combine(_folder, "config"),
        "GIT_CONFIG_NOSYSTEM" => "1",
        _ => null,
    };

    public void Report(string line)
    {
        lock (Reports) Reports.Add(line);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
