namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The server as a program of its own, so that a benchmark measures only the client; and the generator of its data.</summary>
internal static class Program
{
    private const string Usage = """
        loopback-github [serve] DIR [--port N] [--delay-ms N] [--token T] [--facts FILE] [--fault every:N] [--v0]
                        [--anonymous-limit N] [--token-limit N] [--no-compression] [--lenient-git]
                        [--git-mood none|refuse-401|err-line|too-many-requests] [--graphql-mood none|secondary-limit|resource-limits]
                        [--max-graphql-repositories 50] [--max-graphql-lookups 250] [--graphql-timeout-ms N]
            serves the repositories DIR/owner/name[.git]; prints its URLs; POST /_log tells the requests, POST /_log/reset clears them.
            git requests need a User-Agent that begins with git/ and a path with .git, as on github.com, unless --lenient-git is given;
            --git-mood refuses git-upload-pack to those without a token;
            --graphql-mood refuses every query; a query above the two limits gets 502 after the timeout (GitHub: 10000);
            FILE (or DIR/facts.json) holds for each owner/name: description, topics, license_spdx, archived, private,
            token_refusal (none, forbidden, saml, ip_allow_list, token_lifetime: closed to the token alone)
        loopback-github generate --out DIR [--repos 50] [--artifacts 850] [--history 20] [--changed-percent 20] [--server-url URL]
            writes DIR/repositories, DIR/home (a SkillMeat home, pinned at old commits) and DIR/expected.json
        """;

    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case [] or ["--help", ..] or ["-h", ..]:
                    await Console.Out.WriteLineAsync(Usage);
                    return arguments.Length == 0 ? 1 : 0;
                case ["generate", .. var rest]:
                    await Console.Out.WriteLineAsync(BenchGenerator.Run(BenchOptions.Parse(CommandArguments.Parse(rest))));
                    return 0;
                default:
                    await ServeCommand.RunAsync(CommandArguments.Parse(arguments is ["serve", .. var afterVerb] ? afterVerb : arguments));
                    return 0;
            }
        }
        catch (Exception e) when (e is ArgumentException or IOException or GitFailedException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
