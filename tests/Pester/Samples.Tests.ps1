#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:runbook = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../samples/Refresh-Collections.Runbook.ps1")
    $script:register = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../samples/Register-RefreshTask.ps1")

    # A folder for PSModulePath, whatever the name of the module's own folder.
    $script:modules = Join-Path $TestDrive 'modules'
    $manifest = Get-Item -LiteralPath (Find-SkillMeat)
    $version = (Import-PowerShellDataFile -LiteralPath $manifest.FullName).ModuleVersion
    $null = [System.IO.Directory]::CreateDirectory((Join-Path $modules 'SkillMeat'))
    Copy-Item -LiteralPath $manifest.DirectoryName -Destination (Join-Path $modules "SkillMeat/$version") -Recurse
    $script:oldModules = $env:PSModulePath
    $env:PSModulePath = "$modules$([System.IO.Path]::PathSeparator)$oldModules"

    function Invoke-Unattended {
        <#
        .SYNOPSIS
            Runs a command as Azure Automation does: without a home or a user's folder, only with the path of the modules.
        #>
        param([string] $Command, [hashtable] $Environment = @{})

        Invoke-Pwsh -Environment (@{ PSModulePath = $modules; PATH = $env:PATH } + $Environment) -Command $Command
    }

    function Invoke-Runbook {
        param([string] $Arguments)

        Invoke-Unattended -Command "& '$runbook' $Arguments | ConvertTo-Json"
    }

    function Get-License {
        param([string] $Path)

        (Get-SkmArtifact -Name meeting-notes -SkillMeatHome $Path).License
    }
}

AfterAll {
    $env:PSModulePath = $oldModules
}

Describe 'Refresh-Collections.Runbook.ps1' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive "it's $([guid]::NewGuid())")
        $script:named = "-SkillMeatHome '$($sample.Replace("'", "''"))'"
    }

    It 'checks without a change' {
        $before = Get-HomeState -Path $sample
        $run = Invoke-Runbook -Arguments "$named -CheckOnly"
        $run.ExitCode | Should -Be 0 -Because $run.ErrorText
        $run.ErrorText | Should -BeNullOrEmpty
        $summary = $run.Output | ConvertFrom-Json
        $summary.UpToDate, $summary.Updated, $summary.Moved, $summary.New, $summary.Unknown, $summary.Errors | Should -Be 1, 1, 1, 1, 1, 0
        Get-HomeState -Path $sample | Should -Be $before
    }

    It 'refreshes, and says what goes back' {
        $manifest = Join-Path $sample 'collections/default/collection.toml'
        $before = [System.IO.File]::ReadAllText($manifest)
        $run = Invoke-Runbook -Arguments $named
        $run.ExitCode | Should -Be 0 -Because $run.ErrorText
        $summary = $run.Output | ConvertFrom-Json
        $summary.Refreshed, $summary.Unchanged, $summary.Skipped, $summary.Errors | Should -Be 1, 1, 2, 0
        Get-License -Path $sample | Should -Be 'MIT'
        $result = & ([scriptblock]::Create("$($summary.GoBackWith) -Confirm:`$false"))
        $result.SnapshotId | Should -Be $summary.SnapshotId
        [System.IO.File]::ReadAllText($manifest) | Should -BeExactly $before
    }

    It 'goes on behind a collection that fails, and fails at the end' {
        $null = New-SkmCollection -Name broken -SkillMeatHome $sample
        Write-Text -Path (Join-Path $sample 'collections/broken/collection.toml') -Text 'not [ toml'
        # The preferences of the caller must neither end the script early nor make it prompt.
        $run = Invoke-Unattended -Command @"
`$ErrorActionPreference = 'Stop'; `$ConfirmPreference = 'Low'
& '$runbook' $named -Collection *, gone *>&1 | . { process { `$_ -is [System.Management.Automation.ErrorRecord] ? "error: `$_" : ('' + `$_.Collection + ' ' + `$_.Refreshed + ' ' + `$_.Errors) } }
"@
        $run.ExitCode | Should -Be 1
        $run.ErrorText | Should -BeLike '*Not everything could be refreshed. There were errors in: gone, broken.'
        $lines = $run.Output -split '\r?\n'
        $lines.Count | Should -Be 4
        $lines[0] | Should -BeLike "error: *has no collection 'gone'*"
        $lines[1] | Should -BeLike 'error: *broken*collection.toml:1:5*'
        $lines[2] | Should -Be 'broken  1'
        $lines[3] | Should -Be 'default 1 0'
        Get-License -Path $sample | Should -Be 'MIT'
    }

    It 'fails for one artifact, and refreshes the others' {
        Add-Content -LiteralPath (Join-Path $sample 'collections/default/collection.toml') -Value @'

[[artifacts]]
name = "lost"
type = "skill"
path = "skills/lost"
origin = "local"
upstream = "../../../nowhere/skills/lost"
added = "2026-11-01T09:01:00"
'@
        $run = Invoke-Runbook -Arguments $named
        $run.ExitCode | Should -Be 1
        $run.ErrorText | Should -BeLike '*skill:lost*'
        Get-License -Path $sample | Should -Be 'MIT'
    }

    It 'takes what pwsh -File can pass, and writes a log without colours' {
        $null = New-SkmCollection -Name team-a -SkillMeatHome $sample
        $program, $first = @(Get-PowerShellCommand)
        $first = @($first | Where-Object { $_ })
        $log = & $program @first -NoProfile -NonInteractive -File $runbook -SkillMeatHome $sample -Collection 'default, team-*' -Fields 'tags,license' -CheckOnly 2>&1
        $LASTEXITCODE | Should -Be 0
        @($log -match '^Collection').ForEach({ ($_ -split ': ')[1] }) | Should -Be 'default', 'team-a'
        $log -join "`n" | Should -Not -Match '\e'
    }

    It 'finds the home in SKILLMEAT_HOME, and says what is missing' {
        $run = Invoke-Unattended -Command @"
function Get-Reason { param([scriptblock] `$Command) try { `$null = & `$Command } catch { "`$_" } }
function Set-Asset { function global:Get-AutomationPSCredential { param(`$Name) if (`$Name -eq 'empty') { [pscredential]::new('x', [securestring]::new()) } } }
Get-Reason { & '$runbook' -CheckOnly }
`$env:SKILLMEAT_HOME = '$($sample.Replace("'", "''"))'
(& '$runbook' -CheckOnly).Collection
& '$runbook' -Collection nothing-* 3>&1
Get-Reason { & '$runbook' -TokenAsset other }
Set-Asset
Get-Reason { & '$runbook' -TokenAsset other }
& '$runbook' -TokenAsset empty 2>&1 | Select-Object -First 1 | ForEach-Object { "`$_" }
"@
        $lines = $run.Output -split '\r?\n'
        $lines[0] | Should -BeLike 'The home must be named*SKILLMEAT_HOME.'
        $lines[1] | Should -Be 'default'
        $lines[2] | Should -BeLike '* has no collection that fits nothing-`*.'
        $lines[3] | Should -BeLike '-TokenAsset needs Azure Automation*'
        $lines[4] | Should -Be "There is no credential asset 'other'."
        $lines[5] | Should -BeLike '-Token is empty*'
        Get-License -Path $sample | Should -BeNullOrEmpty
    }
}

Describe 'Refresh-Collections.Runbook.ps1 with the token of a credential asset' {
    BeforeAll {
        $script:server = $null
        if ($script:canServe = [bool](Find-TestProgram -Name LoopbackGitHub)) {
            $script:scene = Initialize-GitHubHome -Path (Join-Path $TestDrive 'asset') -Count 2 -Changed 1
            $script:server = Open-LoopbackGitHub -Folder $scene.Repositories
        }
    }

    AfterAll {
        Close-LoopbackGitHub -Server $server
    }

    It 'asks GitHub with it, and tells nobody' {
        if (-not $canServe) {
            Set-ItResult -Skipped -Because 'LoopbackGitHub was not built'
            return
        }

        $run = Invoke-Unattended -Environment (Get-LoopbackVariable -Server $server) -Command @"
function Get-AutomationPSCredential { param(`$Name) [pscredential]::new('x', (ConvertTo-SecureString @{ good = '$($server.Token)'; bad = 'ghp_notthisone' }[`$Name] -AsPlainText -Force)) }
& '$runbook' -SkillMeatHome '$($scene.Home)' -TokenAsset good -Verbose | ConvertTo-Json
& '$runbook' -SkillMeatHome '$($scene.Home)' -TokenAsset bad -Verbose
"@
        $run.ExitCode | Should -Be 1
        $run.Output | Should -BeLike '*"Refreshed": 1*"Errors": 0*'
        $run.ErrorText | Should -BeLike '*token from -Token was refused*'
        "$($run.Output)$($run.ErrorText)" | Should -Not -Match "ghp_notthisone|$([regex]::Escape($server.Token))"
    }
}

Describe 'Register-RefreshTask.ps1 with cron' -Skip:$IsWindows {
    BeforeAll {
        # It stores its input in a file, unchanged. Like cron's own program, it rejects input without a final line end.
        $script:bin = Join-Path $TestDrive 'bin'
        $script:store = Join-Path $TestDrive 'crontab.txt'
        Write-Text -Path (Join-Path $bin 'crontab') -Text @"
#!/bin/sh
case "`$CRONTAB_MOOD" in
forbidden) echo 'You (somebody) are not allowed to use this program (crontab)' >&2; exit 1 ;;
half-read) head -c 10 '$store'; echo 'no crontab for somebody' >&2; exit 1 ;;
talkative) echo 'crontab: your time zone has changed' >&2 ;;
full-disk) if [ "`$1" = - ]; then echo 'No space left on device' >&2; exit 1; fi ;;
esac
case "`$1" in
-l) if [ -f '$store' ]; then cat '$store'; else echo 'no crontab for somebody' >&2; exit 1; fi ;;
-)
  cat > '$store.new'
  if [ -s '$store.new' ] && [ "`$(tail -c 1 '$store.new' | wc -l)" -eq 0 ]; then echo 'new crontab file is missing newline before EOF' >&2; exit 1; fi
  mv '$store.new' '$store' ;;
*) exit 2 ;;
esac
"@
        chmod +x (Join-Path $bin 'crontab')
        $script:oldPath = $env:PATH
        $env:PATH = "$bin$([System.IO.Path]::PathSeparator)$oldPath"

        function Invoke-CrontabLine {
            <#
            .SYNOPSIS
                Runs a line as cron does: everything after the five fields goes to a shell, a backslash escapes a %, and the environment is nearly empty.
            #>
            param([string] $Line)

            $command = ($Line -split ' ', 6)[5]
            $command | Should -Not -Match '(?<!\\)%'
            env -i 'PATH=/usr/bin:/bin' "HOME=$TestDrive" sh -c $command.Replace('\%', '%')
        }
    }

    AfterAll {
        $env:PATH = $oldPath
        $env:CRONTAB_MOOD = $null
    }

    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive "it's 100% of `"é`" $([guid]::NewGuid())")
        Remove-Item -LiteralPath $store -ErrorAction Ignore
        $env:CRONTAB_MOOD = ''
    }

    It 'adds a line that does the refresh, and writes a log' {
        $log = Join-Path $sample '50% a log.txt'
        Write-Text -Path $log -Text "Before.`n"
        $result = & $register -SkillMeatHome $sample -At 06:05 -LogPath $log
        $line = Get-Content -LiteralPath $store
        $line | Should -BeExactly $result.Command
        $line | Should -BeLike '5 6 `* `* `* *# SkillMeat refresh: daily'
        Invoke-CrontabLine -Line $line
        $LASTEXITCODE | Should -Be 0
        Get-License -Path $sample | Should -Be 'MIT' -Because (Get-Content -LiteralPath $log -Raw)
        Get-Content -LiteralPath $log -Raw | Should -BeLike 'Before.*Refreshed*: 1*'
    }

    It 'fails as the runbook fails, with the reason in the log' {
        $log = Join-Path $TestDrive 'failed.txt'
        $null = & $register -SkillMeatHome $sample -LogPath $log -Collection gone, default
        Invoke-CrontabLine -Line (Get-Content -LiteralPath $store)
        $LASTEXITCODE | Should -Be 1
        Get-Content -LiteralPath $log -Raw | Should -BeLike "*has no collection 'gone'*Refreshed*: 1*ERROR: Not everything could be refreshed*gone.*"
    }

    It 'leaves what is said to cron where there is no log' {
        $null = & $register -SkillMeatHome $sample -CheckOnly
        (Invoke-CrontabLine -Line (Get-Content -LiteralPath $store)) -join "`n" | Should -BeLike '*Updated*: 1*'
        Get-License -Path $sample | Should -BeNullOrEmpty
    }

    It 'keeps every other line, byte for byte, and replaces its own' {
        # Latin 1, a Windows line end, a tab, trailing blanks; other tasks, and lines that only look like ours.
        $latin1 = [System.Text.Encoding]::Latin1
        $others = "# caf`u{e9}`r`n`n0 1 * * * echo '50\% done'`t  `n0 2 * * * x # daily`n0 3 * * * x # SkillMeat refresh: not daily`n0 4 * * * echo '# SkillMeat refresh: daily' > y`n"
        [System.IO.File]::WriteAllBytes($store, $latin1.GetBytes("${others}1 1 * * * old # SkillMeat refresh: daily`n"))
        $env:CRONTAB_MOOD = 'talkative'
        $line = (& $register -SkillMeatHome $sample -At 23:59 -CheckOnly).Command
        $line | Should -BeLike '59 23 *-CheckOnly*'
        $written = [System.IO.File]::ReadAllBytes($store)
        $latin1.GetString($written, 0, $others.Length) | Should -BeExactly $others
        [System.Text.Encoding]::UTF8.GetString($written, $others.Length, $written.Length - $others.Length) | Should -BeExactly "$line`n"
        & $register -Unregister
        $latin1.GetString([System.IO.File]::ReadAllBytes($store)) | Should -BeExactly $others
    }

    It 'ends the last line of a crontab before it adds one' {
        Write-Text -Path $store -Text '0 1 * * * x'
        $line = (& $register -SkillMeatHome $sample).Command
        [System.IO.File]::ReadAllText($store) | Should -BeExactly "0 1 * * * x`n$line`n"
    }

    It 'keeps tasks with other names' {
        $daily = (& $register -SkillMeatHome $sample).Command
        $check = (& $register -SkillMeatHome $sample -TaskName 'check often' -CheckOnly).Command
        [System.IO.File]::ReadAllText($store) | Should -BeExactly "$daily`n$check`n"
        & $register -Unregister -TaskName 'check often'
        [System.IO.File]::ReadAllText($store) | Should -BeExactly "$daily`n"
    }

    It 'never takes a crontab that can not be read for an empty one (<_>)' -ForEach 'forbidden', 'half-read' {
        Write-Text -Path $store -Text "0 1 * * * precious`n1 1 * * * old # SkillMeat refresh: daily`n"
        $env:CRONTAB_MOOD = $_
        (Get-Failure { & $register -SkillMeatHome $sample }).Exception.Message | Should -BeLike "*can't be read*left as it is*"
        (Get-Failure { & $register -Unregister }).Exception.Message | Should -BeLike "*can't be read*left as it is*"
        [System.IO.File]::ReadAllText($store) | Should -BeExactly "0 1 * * * precious`n1 1 * * * old # SkillMeat refresh: daily`n"
    }

    It 'says when the crontab can not be written' {
        Write-Text -Path $store -Text "0 1 * * * precious`n"
        $env:CRONTAB_MOOD = 'full-disk'
        (Get-Failure { & $register -SkillMeatHome $sample }).Exception.Message | Should -BeLike '*could not be written*as it was*No space left*'
        [System.IO.File]::ReadAllText($store) | Should -BeExactly "0 1 * * * precious`n"
    }

    It 'changes nothing with -WhatIf, and says the line' {
        $said = Invoke-Pwsh -Command "& '$register' -SkillMeatHome '$TestDrive' -At 05:00 -WhatIf"
        $said.Output | Should -BeLike 'What if: *0 5 `* `* `* *-SkillMeatHome*# SkillMeat refresh: daily" on target "crontab".'
        Test-Path -LiteralPath $store | Should -BeFalse
        Write-Text -Path $store -Text "1 1 * * * old # SkillMeat refresh: daily`n"
        & $register -Unregister -WhatIf -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        [System.IO.File]::ReadAllText($store) | Should -BeExactly "1 1 * * * old # SkillMeat refresh: daily`n"
    }

    It 'writes nothing where there is nothing to remove' {
        & $register -Unregister -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike "*no line of a task 'daily'*"
        Test-Path -LiteralPath $store | Should -BeFalse
    }

    It 'refuses what can not work: <What>' -ForEach @(
        @{ What = 'a time that is none'; Change = @{ At = '1.02:00' }; Message = '*time of the day*' }
        @{ What = 'a home that is not there'; Change = @{ SkillMeatHome = '/no/such/home' }; Message = '*no home at /no/such/home*' }
        @{ What = 'a log without a folder'; Change = @{ LogPath = '/no/such/folder/log' }; Message = '*no folder for the log*' }
        @{ What = 'a line end in a name'; Change = @{ Collection = "a`nb" }; Message = '*no line end*' }
        @{ What = 'a name that a comment or a path can not hold'; Change = @{ TaskName = 'a/b' }; Message = '*TaskName*' }
    ) {
        $arguments = @{ SkillMeatHome = $sample }
        $Change.Keys | ForEach-Object { $arguments[$_] = $Change[$_] }
        (Get-Failure { & $register @arguments }).Exception.Message | Should -BeLike $Message
        Test-Path -LiteralPath $store | Should -BeFalse
    }
}

Describe 'Register-RefreshTask.ps1 where there is no scheduler' {
    BeforeAll {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'home')
        $script:oldPath = $env:PATH
    }

    BeforeEach { $env:PATH = Join-Path $TestDrive 'empty' }

    AfterEach { $env:PATH = $oldPath }

    It 'shows with -WhatIf what it would register: <_>' -ForEach 'Cron', 'TaskScheduler' {
        if ($_ -eq 'TaskScheduler' -and (Get-Command -Name Register-ScheduledTask -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'this system has a task scheduler'
            return
        }

        $env:PATH = $oldPath
        $said = Invoke-Pwsh -Command "`$env:PATH = ''; & '$register' -SkillMeatHome '$sample' -At 05:00 -Scheduler $_ -WhatIf"
        $said.Output | Should -BeLike 'What if: *-SkillMeatHome*'
        $env:PATH = Join-Path $TestDrive 'empty'
        & $register -Unregister -Scheduler $_ -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*daily*"
    }

    It 'says without -WhatIf that there is none: <Scheduler>' -ForEach @(
        @{ Scheduler = 'Cron'; Message = "There is no 'crontab' on the PATH." }
        @{ Scheduler = 'TaskScheduler'; Message = 'There is no task scheduler here*' }
    ) {
        if ($Scheduler -eq 'TaskScheduler' -and (Get-Command -Name Register-ScheduledTask -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'this system has a task scheduler'
            return
        }

        (Get-Failure { & $register -SkillMeatHome $sample -Scheduler $Scheduler }).Exception.Message | Should -BeLike $Message
        (Get-Failure { & $register -Unregister -Scheduler $Scheduler }).Exception.Message | Should -BeLike $Message
    }
}

Describe 'Register-RefreshTask.ps1 with the task scheduler' {
    BeforeAll {
        # The cmdlets of Windows do not exist on all systems; these record their arguments.
        $script:tasks = @{}
        function global:New-ScheduledTaskAction { param($Execute, $Argument) @{ Execute = $Execute; Argument = $Argument } }
        function global:New-ScheduledTaskTrigger { param([switch] $Daily, $At) @{ Daily = $Daily; At = $At } }
        function global:New-ScheduledTaskSettingsSet { param([switch] $StartWhenAvailable, $MultipleInstances) @{ StartWhenAvailable = $StartWhenAvailable; MultipleInstances = $MultipleInstances } }
        function global:Register-ScheduledTask { param($TaskName, $TaskPath, $Action, $Trigger, $Settings, [switch] $Force) $tasks["$TaskPath$TaskName"] = @{ Action = $Action; Trigger = $Trigger; Settings = $Settings; Force = $Force } }
        function global:Get-ScheduledTask { [CmdletBinding()] param($TaskName, $TaskPath) $tasks["$TaskPath$TaskName"] }
        function global:Unregister-ScheduledTask { [CmdletBinding(SupportsShouldProcess)] param($TaskName, $TaskPath) if ($PSCmdlet.ShouldProcess($TaskName)) { $tasks.Remove("$TaskPath$TaskName") } }
    }

    AfterAll {
        'New-ScheduledTaskAction', 'New-ScheduledTaskTrigger', 'New-ScheduledTaskSettingsSet', 'Register-ScheduledTask', 'Get-ScheduledTask', 'Unregister-ScheduledTask' |
            ForEach-Object { Remove-Item -LiteralPath "Function:$_" }
    }

    BeforeEach {
        $tasks.Clear()
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive "it's 100% a task $([guid]::NewGuid())")
    }

    It 'registers a daily task whose command line does the refresh' {
        $log = Join-Path $sample 'a log.txt'
        $result = & $register -SkillMeatHome $sample -At 07:15 -Scheduler TaskScheduler -Collection default, 'a "b\" c\' -LogPath $log
        $task = $tasks['\SkillMeat\daily']
        $task.Trigger.At.TimeOfDay | Should -Be '07:15:00'
        $result.Command | Should -BeExactly "`"$($task.Action.Execute)`" $($task.Action.Argument)"
        # .NET splits a command line by the rules of Windows on every system.
        $start = [System.Diagnostics.ProcessStartInfo]::new($task.Action.Execute, $task.Action.Argument)
        # A scheduler does not know the module path of this session.
        $null = $start.Environment.Remove('PSModulePath')
        $process = [System.Diagnostics.Process]::Start($start)
        $process.WaitForExit()
        $process.ExitCode | Should -Be 1
        $said = Get-Content -LiteralPath $log -Raw
        $said | Should -Match ([regex]::Escape("has no collection 'a `"b\`" c\'."))
        $said | Should -Match '(?m)^Refreshed *: 1'
        Get-License -Path $sample | Should -Be 'MIT' -Because $said
    }

    It 'removes its task, and warns when there is none' {
        $null = & $register -SkillMeatHome $sample -Scheduler TaskScheduler
        & $register -Unregister -Scheduler TaskScheduler -WhatIf
        $tasks.Count | Should -Be 1
        & $register -Unregister -Scheduler TaskScheduler
        $tasks.Count | Should -Be 0
        & $register -Unregister -Scheduler TaskScheduler -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike "*no scheduled task 'daily'*"
    }

    It 'registers nothing with -WhatIf' {
        & $register -SkillMeatHome $sample -Scheduler TaskScheduler -WhatIf | Should -BeNullOrEmpty
        $tasks.Count | Should -Be 0
    }
}

Describe 'Register-ServeTask.ps1' {
    BeforeAll {
        $script:serve = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../samples/Register-ServeTask.ps1")
        $script:program = (Get-Command -Name pwsh, dotnet -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Path
    }

    It 'says without a task scheduler that there is none, and shows with -WhatIf what it would register' {
        if (Get-Command -Name Register-ScheduledTask -ErrorAction Ignore) {
            Set-ItResult -Skipped -Because 'this system has a task scheduler'
            return
        }

        (Get-Failure { & $serve -Path $program }).Exception.Message | Should -BeLike 'There is no task scheduler here*'
        (Get-Failure { & $serve -Unregister }).Exception.Message | Should -BeLike 'There is no task scheduler here*'
        & $serve -Path $program -WhatIf | Should -BeNullOrEmpty
        (Get-Failure { & $serve -Path (Join-Path $TestDrive 'none') -WhatIf }).Exception.Message | Should -BeLike '*Name it with -Path.'
    }

    Context 'with the task scheduler' {
        BeforeAll {
            # The cmdlets of Windows do not exist on all systems; these record their arguments.
            $script:tasks = @{}
            function global:New-ScheduledTaskAction { param($Execute, $Argument) @{ Execute = $Execute; Argument = $Argument } }
            function global:New-ScheduledTaskTrigger { param([switch] $AtLogOn, $User) @{ AtLogOn = $AtLogOn; User = $User } }
            function global:New-ScheduledTaskSettingsSet { param([timespan] $ExecutionTimeLimit, $MultipleInstances, $RestartCount, [timespan] $RestartInterval) @{ ExecutionTimeLimit = $ExecutionTimeLimit; MultipleInstances = $MultipleInstances; RestartCount = $RestartCount; RestartInterval = $RestartInterval } }
            function global:Register-ScheduledTask { param($TaskName, $TaskPath, $Action, $Trigger, $Settings, [switch] $Force) $tasks["$TaskPath$TaskName"] = @{ Action = $Action; Trigger = $Trigger; Settings = $Settings; Force = $Force } }
            function global:Get-ScheduledTask { [CmdletBinding()] param($TaskName, $TaskPath) $tasks["$TaskPath$TaskName"] }
            function global:Unregister-ScheduledTask { [CmdletBinding(SupportsShouldProcess)] param($TaskName, $TaskPath) if ($PSCmdlet.ShouldProcess($TaskName)) { $tasks.Remove("$TaskPath$TaskName") } }
        }

        AfterAll {
            'New-ScheduledTaskAction', 'New-ScheduledTaskTrigger', 'New-ScheduledTaskSettingsSet', 'Register-ScheduledTask', 'Get-ScheduledTask', 'Unregister-ScheduledTask' |
                ForEach-Object { Remove-Item -LiteralPath "Function:$_" }
        }

        It 'registers a task whose command line serves the home, and removes it' {
            # A program that writes its arguments, because the service does not end by itself.
            $echo = Join-Path $TestDrive 'echo arguments'
            Set-Content -LiteralPath $echo -Value "#!/bin/sh`nprintf '%s\n' ""`$@""`n"
            $sample = Copy-SampleHome -Path (Join-Path $TestDrive "it's a ""home"" 1")
            $result = & $serve -SkillMeatHome $sample -Port 4781 -Path $echo
            $task = $tasks['\SkillMeat\serve']
            $task.Trigger.AtLogOn | Should -BeTrue
            $task.Settings.ExecutionTimeLimit | Should -Be ([timespan]::Zero)
            $result.Command | Should -BeExactly "`"$($task.Action.Execute)`" $($task.Action.Argument)"
            if (-not $IsWindows) {
                chmod +x $echo
                # .NET splits a command line by the rules of Windows on every system.
                $start = [System.Diagnostics.ProcessStartInfo]::new($task.Action.Execute, $task.Action.Argument)
                $start.RedirectStandardOutput = $true
                $process = [System.Diagnostics.Process]::Start($start)
                $process.StandardOutput.ReadToEnd().TrimEnd("`n") -split "`n" | Should -Be 'serve', '--no-open', '--port', '4781', '--home', $sample
                $process.WaitForExit()
            }

            & $serve -Unregister
            $tasks.Count | Should -Be 0
            & $serve -Unregister -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -BeLike "There is no scheduled task 'serve'*"
        }
    }
}
