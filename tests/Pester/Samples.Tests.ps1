#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:samples = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../samples")
    $script:modules = [System.IO.Path]::GetDirectoryName([System.IO.Path]::GetDirectoryName([System.IO.Path]::GetDirectoryName((Find-SkillMeat))))

    # As a runbook's: no home, no user's folder, nothing but where the modules are.
    function Invoke-Runbook {
        param([string] $Arguments, [string] $Before = '')

        Invoke-Pwsh -Environment @{ PSModulePath = $modules; PATH = $env:PATH } -Command "$Before; & '$samples/Refresh-Collections.Runbook.ps1' $Arguments | ConvertTo-Json"
    }
}

Describe 'Refresh-Collections.Runbook.ps1' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    It 'checks without a change' {
        $before = Get-HomeState -Path $sample -WithoutLocks
        $run = Invoke-Runbook -Arguments "-SkillMeatHome '$sample' -CheckOnly"
        $run.ExitCode | Should -Be 0 -Because $run.ErrorText
        $summary = $run.Output | ConvertFrom-Json
        $summary.Updated, $summary.Moved, $summary.New, $summary.Failed | Should -Be 1, 1, 1, 0
        Get-HomeState -Path $sample -WithoutLocks | Should -Be $before
    }

    It 'refreshes, and says how to go back' {
        $run = Invoke-Runbook -Arguments "-SkillMeatHome '$sample'"
        $run.ExitCode | Should -Be 0 -Because $run.ErrorText
        $summary = $run.Output | ConvertFrom-Json
        $summary.Refreshed | Should -Be 1
        $summary.GoBackWith | Should -BeLike "Restore-SkmSnapshot *$($summary.SnapshotId)"
        (Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample).License | Should -Be 'MIT'
    }

    It 'goes on behind a collection that fails, and fails at the end' {
        $null = New-SkmCollection -Name broken -SkillMeatHome $sample
        Write-Text -Path (Join-Path $sample 'collections/broken/collection.toml') -Text 'not [ toml'
        $run = Invoke-Runbook -Arguments "-SkillMeatHome '$sample'"
        $run.ExitCode | Should -Be 1
        $run.ErrorText | Should -BeLike '*broken*collection.toml:1:5*'
        (Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample).License | Should -Be 'MIT'
    }

    It 'takes the token from a credential asset' {
        $asset = 'function Get-AutomationPSCredential { param($Name) if ($Name -eq "github") { [pscredential]::new("x", (ConvertTo-SecureString "ghp_asset" -AsPlainText -Force)) } }'
        (Invoke-Runbook -Arguments "-SkillMeatHome '$sample' -CheckOnly -TokenAsset github" -Before $asset).ExitCode | Should -Be 0
        (Invoke-Runbook -Arguments "-SkillMeatHome '$sample' -CheckOnly -TokenAsset other" -Before $asset).ErrorText | Should -BeLike "*no credential asset 'other'*"
        (Invoke-Runbook -Arguments "-SkillMeatHome '$sample' -CheckOnly -TokenAsset github").ErrorText | Should -BeLike '*needs Azure Automation*'
    }

    It 'wants the home to be named' {
        (Invoke-Runbook -Arguments '-CheckOnly').ErrorText | Should -BeLike '*home must be named*'
    }
}

Describe 'Register-RefreshTask.ps1 with cron' -Skip:$IsWindows {
    BeforeAll {
        # It keeps what it is given in a file, as crontab does.
        $script:bin = Join-Path $TestDrive 'bin'
        $script:store = Join-Path $TestDrive 'crontab.txt'
        Write-Text -Path (Join-Path $bin 'crontab') -Text @"
#!/bin/sh
[ -n "`$CRONTAB_BROKEN" ] && { echo 'you are not allowed to use this program' >&2; exit 1; }
case "`$1" in
-l) if [ -f '$store' ]; then cat '$store'; else echo 'no crontab for somebody' >&2; exit 1; fi ;;
-) cat > '$store' ;;
esac
"@
        chmod +x (Join-Path $bin 'crontab')
        $script:path = $env:PATH
        $env:PATH = "$bin$([System.IO.Path]::PathSeparator)$path"
        $script:oldModules = $env:PSModulePath
        $env:PSModulePath = "$modules$([System.IO.Path]::PathSeparator)$oldModules"
    }

    AfterAll {
        $env:PATH = $path
        $env:PSModulePath = $oldModules
    }

    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive "it's 100% $([guid]::NewGuid())")
        Remove-Item -LiteralPath $store -ErrorAction Ignore
        $env:CRONTAB_BROKEN = ''
    }

    It 'adds a line that does the refresh' {
        $log = Join-Path $TestDrive 'a log.txt'
        $null = & "$samples/Register-RefreshTask.ps1" -SkillMeatHome $sample -At 06:05 -LogPath $log
        $line = Get-Content -LiteralPath $store
        $line | Should -BeLike '5 6 `* `* `* *# SkillMeat refresh'
        # cron gives everything behind the five fields to a shell, and a backslash takes the meaning from a %.
        $command = ($line -split ' ', 6)[5].Replace('\%', '%')
        sh -c $command
        (Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample).License | Should -Be 'MIT' -Because (Get-Content -LiteralPath $log -Raw)
        Get-Content -LiteralPath $log -Raw | Should -BeLike '*Refreshed*: 1*'
    }

    It 'keeps every other line, and replaces its own' {
        $others = "# mine`n`n0 1 * * * echo '# SkillMeat refresh, not'`t`n"
        Write-Text -Path $store -Text $others
        $null = & "$samples/Register-RefreshTask.ps1" -SkillMeatHome $sample
        $null = & "$samples/Register-RefreshTask.ps1" -SkillMeatHome $sample -At 23:59 -CheckOnly
        $lines = Get-Content -LiteralPath $store
        $lines.Count | Should -Be 4
        $lines[3] | Should -BeLike '59 23 *-CheckOnly*'
        & "$samples/Register-RefreshTask.ps1" -Unregister
        [System.IO.File]::ReadAllText($store) | Should -BeExactly $others
    }

    It 'never takes a crontab that can not be read for an empty one' {
        Write-Text -Path $store -Text "0 1 * * * precious`n"
        $env:CRONTAB_BROKEN = 'yes'
        (Get-Failure { & "$samples/Register-RefreshTask.ps1" -SkillMeatHome $sample }).Exception.Message | Should -BeLike "*can't be read*left as it is*"
        [System.IO.File]::ReadAllText($store) | Should -BeExactly "0 1 * * * precious`n"
    }

    It 'changes nothing with -WhatIf' {
        $null = & "$samples/Register-RefreshTask.ps1" -SkillMeatHome $sample -WhatIf
        Test-Path -LiteralPath $store | Should -BeFalse
    }

    It 'refuses a time that is none' {
        (Get-Failure { & "$samples/Register-RefreshTask.ps1" -SkillMeatHome $sample -At '1.02:00' }).Exception.Message | Should -BeLike '*time of the day*'
    }
}

Describe 'Register-RefreshTask.ps1 with the task scheduler' {
    BeforeAll {
        # Windows' own cmdlets are not everywhere; these write down what they are told.
        $script:told = @{}
        function global:New-ScheduledTaskAction { param($Execute, $Argument) @{ Execute = $Execute; Argument = $Argument } }
        function global:New-ScheduledTaskTrigger { param([switch] $Daily, $At) @{ Daily = $Daily; At = $At } }
        function global:New-ScheduledTaskSettingsSet { param([switch] $StartWhenAvailable, $MultipleInstances) @{ StartWhenAvailable = $StartWhenAvailable; MultipleInstances = $MultipleInstances } }
        function global:Register-ScheduledTask { param($TaskName, $Action, $Trigger, $Settings, [switch] $Force) $script:told = @{ TaskName = $TaskName; Action = $Action; Trigger = $Trigger; Settings = $Settings; Force = $Force } }
        function global:Unregister-ScheduledTask { param($TaskName, [switch] $Confirm) $script:told = @{ Unregistered = $TaskName; Confirm = $Confirm } }
    }

    AfterAll {
        'New-ScheduledTaskAction', 'New-ScheduledTaskTrigger', 'New-ScheduledTaskSettingsSet', 'Register-ScheduledTask', 'Unregister-ScheduledTask' |
            ForEach-Object { Remove-Item -LiteralPath "Function:$_" }
    }

    It 'registers a daily task whose command does the refresh' {
        $sample = Copy-SampleHome -Path (Join-Path $TestDrive "it's a task")
        $result = & "$samples/Register-RefreshTask.ps1" -SkillMeatHome $sample -At 07:15 -Scheduler TaskScheduler
        $result.TaskName | Should -Be 'SkillMeat refresh'
        $result.Command | Should -BeLike '*Refresh-Collections.Runbook.ps1*'
        $null = Invoke-Pwsh -Command $result.Command -Environment @{ PSModulePath = $modules; PATH = $env:PATH }
        (Get-SkmArtifact -Name meeting-notes -SkillMeatHome $sample).License | Should -Be 'MIT'
    }

    It 'registers nothing with -WhatIf' {
        & "$samples/Register-RefreshTask.ps1" -SkillMeatHome $TestDrive -Scheduler TaskScheduler -WhatIf | Should -BeNullOrEmpty
    }
}
