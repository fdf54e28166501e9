namespace SkillMeat.Cli.Completion;

/// <summary>The scripts that make shells complete the command lines of <c>skm</c>. Each asks <c>skm complete</c>, so that it fits every later version.</summary>
internal static class CompletionScript
{
    private const string Bash = """
        # Completes skm in bash. In ~/.bashrc: source <(skm completion bash)
        _skm() {
            local line=${COMP_LINE:0:COMP_POINT} words=() breaks="" current strip="" value quoted
            read -r -a words <<< "$line"
            if [[ $line == *[[:space:]] || ${#words[@]} -eq 0 ]]; then words+=(""); fi
            current=${words[${#words[@]}-1]}
            # bash replaces only what follows a colon or an equals sign, unless COMP_WORDBREAKS says otherwise.
            if [[ $COMP_WORDBREAKS == *:* ]]; then breaks+=":"; fi
            if [[ $COMP_WORDBREAKS == *=* ]]; then breaks+="="; fi
            if [[ -n $breaks ]]; then strip=${current%"${current##*[$breaks]}"}; fi
            COMPREPLY=()
            while IFS=$'\t' read -r value _; do
                if [[ -z $value ]]; then continue; fi
                printf -v quoted '%q' "${value#"$strip"}"
                COMPREPLY+=("$quoted")
            done < <("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _skm skm

        """;

    private const string Zsh = """
        #compdef skm
        # Completes skm in zsh. In ~/.zshrc, after compinit: source <(skm completion zsh)
        _skm() {
            local -a lines values shown
            local line value
            lines=("${(@f)$("${(Q)words[1]}" complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
            for line in "${lines[@]}"; do
                value=${line%%$'\t'*}
                if [[ -z $value ]]; then continue; fi
                values+=("$value")
                if [[ $line == *$'\t'?* ]]; then shown+=("$value  -- ${line#*$'\t'}"); else shown+=("$value"); fi
            done
            if (( ${#values} > 0 )); then compadd -l -d shown -a values; else _files; fi
        }
        if [[ ${funcstack[1]} == _skm ]]; then _skm "$@"; else compdef _skm skm; fi

        """;

    private const string Fish = """
        # Completes skm in fish. skm completion fish > ~/.config/fish/completions/skm.fish
        function __skm_complete
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            set -l found ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
            if test (count $found) -gt 0
                printf '%s\n' $found
            else
                __fish_complete_path "$current"
            end
        end
        complete -c skm -f -a '(__skm_complete)'

        """;

    private const string Pwsh = """
        # Completes skm in PowerShell. In $PROFILE: skm completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName skm -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)

            $typed = "$wordToComplete".Trim("'", '"')
            $words = @(foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
                    if ($element.Extent.EndOffset -lt $cursorPosition -or ($element.Extent.EndOffset -eq $cursorPosition -and -not $wordToComplete)) {
                        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value } else { $element.Extent.Text }
                    }
                })
            & $commandAst.CommandElements[0].Value 'complete' '--' @words $typed 2>$null | ForEach-Object {
                $value, $meaning = $_ -split "`t", 2
                $quoted = if ($value -match '^[\w./:=~*-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
                [System.Management.Automation.CompletionResult]::new($quoted, $value, 'ParameterValue', $(if ($meaning) { $meaning } else { $value }))
            }
        }

        """;

    /// <summary>The shells, in the order in which help texts list them.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>Returns the script for a shell.</summary>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => Pwsh,
        _ => throw new ArgumentException($"There is no script for {shell}.", nameof(shell)),
    };
}
