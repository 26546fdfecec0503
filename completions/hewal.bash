# Completion of hewal's command line for bash. It asks the program itself what there is: `hewal help` lists the commands,
# `hewal help COMMAND` the options, with the values they take.

_hewal_values() { # the values of option $2 of command $1
    "$hewal" help "$1" 2>/dev/null | sed -n "s/^  --$2=\([^ ]*|[^ ]*\).*/\1/p" | tr '|' ' '
}

_hewal() {
    local hewal=${COMP_WORDS[0]} cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} option=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "$("$hewal" help 2>/dev/null | sed -n 's/^  \([a-z]*\) .*/\1/p')" -- "$cur")
        return
    fi
    # bash splits words at `=`: --format = json
    if [ "$cur" = = ]; then option=${prev#--} cur=
    elif [ "$prev" = = ]; then option=${COMP_WORDS[COMP_CWORD-2]#--}
    elif [ "${prev#--}" != "$prev" ]; then option=${prev#--}
    fi
    if [ -n "$option" ]; then
        local values
        values=$(_hewal_values "$command" "$option")
        if [ -n "$values" ]; then
            mapfile -t COMPREPLY < <(compgen -W "$values" -- "$cur")
            return
        fi
    elif [ "${cur#-}" != "$cur" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$("$hewal" help "$command" 2>/dev/null | sed -n 's/^  \(--[a-z]*=\{0,1\}\).*/\1/p')" -- "$cur")
        [ "${#COMPREPLY[@]}" -eq 1 ] && [ "${COMPREPLY[0]%=}" != "${COMPREPLY[0]}" ] && compopt -o nospace 2>/dev/null
        return
    fi
    if [ "$command" = help ]; then
        mapfile -t COMPREPLY < <(compgen -W "$("$hewal" help 2>/dev/null | sed -n 's/^  \([a-z]*\) .*/\1/p')" -- "$cur")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        compopt -o filenames 2>/dev/null
    fi
}

complete -F _hewal hewal
