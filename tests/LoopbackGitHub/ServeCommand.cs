using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Serves a folder of repositories until it is stopped.</summary>
internal static class ServeCommand
{
    private static readonly JsonSerializerOptions FactsStyle = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <exception cref="ArgumentException">The arguments are invalid.</exception>
    public static async Task RunAsync(CommandArguments arguments)
    {
        var folder = arguments.Words is [var word] ? Path.GetFullPath(word) : throw new ArgumentException("Name one folder of repositories.");
        var options = ReadOptions(arguments);
        var facts = ReadFacts(arguments.Text("--facts"), Path.Combine(folder, "facts.json"));
        arguments.RejectUnknown();

        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        await using var server = await LoopbackGitHubServer.StartAsync(options);
        var count = 0;
        foreach (var (name, directory) in Repositories(folder))
        {
            server.AddRepository(name, directory, facts.GetValueOrDefault(name));
            count++;
        }

        await Console.Out.WriteLineAsync(
            $"server_url={server.ServerUrl}\napi_url={server.ApiUrl}\ngraphql_url={server.GraphQlUrl}\ntoken={server.Token}\nrepositories={count.ToString(CultureInfo.InvariantCulture)}\nready");
        await Console.Out.FlushAsync();
        await stop.Task;
    }

    private static void Stop(PosixSignalContext signal, TaskCompletionSource stop)
    {
        signal.Cancel = true;
        stop.TrySetResult();
    }

    private static LoopbackGitHubOptions ReadOptions(CommandArguments arguments)
    {
        var defaults = new LoopbackGitHubOptions();
        return defaults with
        {
            Port = arguments.Number("--port", 0),
            Delay = TimeSpan.FromMilliseconds(arguments.Number("--delay-ms", 0)),
            Token = arguments.Text("--token") ?? defaults.Token,
            AnonymousLimit = arguments.Number("--anonymous-limit", defaults.AnonymousLimit),
            TokenLimit = arguments.Number("--token-limit", defaults.TokenLimit),
            MaxGraphQlRepositories = arguments.Number("--max-graphql-repositories", defaults.MaxGraphQlRepositories),
            MaxGraphQlLookups = arguments.Number("--max-graphql-lookups", defaults.MaxGraphQlLookups),
            GraphQlTimeout = TimeSpan.FromMilliseconds(arguments.Number("--graphql-timeout-ms", 0)),
            GitMood = ReadGitMood(arguments.Text("--git-mood")),
            StrictGit = !arguments.Has("--lenient-git"),
            ProtocolV2 = !arguments.Has("--v0"),
            Compress = !arguments.Has("--no-compression"),
            Faults = ReadFaults(arguments.Text("--fault"), arguments.Text("--graphql-mood")),
            LogEndpoint = true,
        };
    }

    private static GitMood ReadGitMood(string? text) => text switch
    {
        null or "none" => GitMood.None,
        "refuse-401" => GitMood.Refuse401,
        "err-line" => GitMood.ErrLine,
        "too-many-requests" => GitMood.TooManyRequestsInWords,
        _ => throw new ArgumentException($"--git-mood needs none, refuse-401, err-line or too-many-requests, not '{text}'."),
    };

    private static FaultPlan? ReadFaults(string? text, string? graphQlMood)
    {
        var all = ReadFaults(text);
        Fault? always = graphQlMood switch
        {
            null or "none" => null,
            "secondary-limit" => Fault.SecondaryLimitAs200(),
            "resource-limits" => Fault.ResourceLimits(),
            _ => throw new ArgumentException($"--graphql-mood needs none, secondary-limit or resource-limits, not '{graphQlMood}'."),
        };
        return always is null ? all : request => request.Kind == RequestKind.GraphQl ? always : all?.Invoke(request);
    }

    private static FaultPlan? ReadFaults(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return text.Split(':') is ["every", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
            ? Faults.EveryNth(n, [.. Faults.BadDay(TimeSpan.FromSeconds(1))])
            : throw new ArgumentException($"--fault needs every:N, not '{text}'.");
    }

    private static Dictionary<string, RepositoryFacts> ReadFacts(string? named, string usual)
    {
        var file = named ?? (File.Exists(usual) ? usual : null);
        var read = file is null ? null : JsonSerializer.Deserialize<Dictionary<string, RepositoryFacts>>(File.ReadAllBytes(file), FactsStyle);
        return new Dictionary<string, RepositoryFacts>(read ?? [], StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string Name, string Directory)> Repositories(string folder) =>
        from owner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
        from repository in Directory.EnumerateDirectories(owner).Order(StringComparer.Ordinal)
        where File.Exists(Path.Combine(repository, "HEAD")) || Directory.Exists(Path.Combine(repository, ".git"))
        let name = Path.GetFileName(repository)
        select ($"{Path.GetFileName(owner)}/{(name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name)}", repository);
}
